import { createBrowserRouter, Outlet } from "react-router";
import { Loading } from "../components/Loading.tsx";
import { publicRoutes, roleRoutes } from "../routes/routes.tsx";
import { ErrorPage } from "./ErrorPage.tsx";
import { Shell } from "./shell/Shell.tsx";

/** Builds the router; errors of a page are shown inside the shell. */
export function createRouter() {
  return createBrowserRouter([
    {
      element: <Shell />,
      errorElement: <ErrorPage />,
      hydrateFallbackElement: <Loading />,
      children: [
        {
          element: <Outlet />,
          errorElement: <ErrorPage />,
          children: [
            ...publicRoutes,
            ...roleRoutes,
            { path: "*", lazy: async () => ({ Component: (await import("./NotFoundPage.tsx")).default }) },
          ],
        },
      ],
    },
  ]);
}
