import { configure } from "@testing-library/react";

/** The machine may be busy; what is waited for ends the wait as soon as it is there. In milliseconds. */
configure({ asyncUtilTimeout: 20_000 });
