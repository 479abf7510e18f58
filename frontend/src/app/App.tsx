import { lazy } from "react";
import { BrowserRouter, Outlet, type RouteObject, useRoutes } from "react-router";
import { publicRoutes, roleRoutes } from "../routes/routes.tsx";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { Shell } from "./shell/Shell.tsx";

const NotFoundPage = lazy(() => import("./NotFoundPage.tsx"));

const routes: RouteObject[] = [
  {
    element: <Shell />,
    children: [
      {
        element: (
          <ErrorBoundary>
            <Outlet />
          </ErrorBoundary>
        ),
        children: [...publicRoutes, ...roleRoutes, { path: "*", Component: NotFoundPage }],
      },
    ],
  },
];

function Routed() {
  return <ErrorBoundary>{useRoutes(routes)}</ErrorBoundary>;
}

/** Every page; the error of one is shown inside the shell. */
export function App() {
  return (
    <BrowserRouter>
      <Routed />
    </BrowserRouter>
  );
}
