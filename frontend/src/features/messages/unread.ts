/** What the shell shows of messages: one part of the app, fetched when a key is unlocked. */
export { NewMessages } from "./NewMessages.tsx";
export { UnreadCount } from "./UnreadCount.tsx";
