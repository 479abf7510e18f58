import { join } from "node:path";
import type { RouteObject } from "react-router";
import { expect, it } from "vitest";
import { ROOT } from "../../scripts/lib/settings.ts";
import { SCREENS } from "./catalogue.ts";
import { nameOf } from "./screen.ts";

/** The paths of the routes that show a page of their own: a layout shows its index. */
function pathsOf(routes: readonly RouteObject[], parent = ""): string[] {
  return routes.flatMap(({ path, children }) => {
    const own = [parent, path].filter((part) => part).join("/");
    return children === undefined ? [own] : pathsOf(children, own);
  });
}

/** A document of its own, with no other page. */
const VIEWER = { path: "shl" };

it("shows each route of the app, and nothing that is none", async () => {
  const module = join(ROOT, "frontend/src/routes/routes.tsx");
  const { publicRoutes, roleRoutes } = (await import(module)) as Record<string, RouteObject[]>;
  const routes = pathsOf([...publicRoutes!, ...roleRoutes!, { path: "*" }, VIEWER]);
  expect(routes.length).toBeGreaterThan(40);
  expect([...new Set(SCREENS.map(({ route }) => route))].sort()).toEqual([...routes].sort());
});

it("names each screen once", () => {
  const names = SCREENS.map(nameOf);
  expect(names).toEqual([...new Set(names)]);
});
