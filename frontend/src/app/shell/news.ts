/** What the shell shows of what is new: one part of the app, fetched when a key is unlocked. */
export { NewMessages } from "../../features/messages/NewMessages.tsx";
export { NewCount } from "./NewCount.tsx";
