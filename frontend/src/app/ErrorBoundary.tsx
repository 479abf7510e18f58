import { Component, type ReactNode } from "react";
import { type Location, useLocation } from "react-router";
import { ErrorPage } from "./ErrorPage.tsx";

interface Failure {
  readonly error: unknown;
}

interface Props {
  readonly location: Location;
  readonly children: ReactNode;
}

class Boundary extends Component<Props, { failure: Failure | null }> {
  override state: { failure: Failure | null } = { failure: null };

  static getDerivedStateFromError(error: unknown) {
    return { failure: { error } };
  }

  override componentDidUpdate({ location }: Props) {
    if (this.state.failure && location !== this.props.location) this.setState({ failure: null });
  }

  override render() {
    const { failure } = this.state;
    return failure ? <ErrorPage error={failure.error} /> : this.props.children;
  }
}

/** Shows `ErrorPage` in the place of what failed, until another page is gone to. */
export function ErrorBoundary({ children }: { readonly children: ReactNode }) {
  return <Boundary location={useLocation()}>{children}</Boundary>;
}
