import { Link } from "react-router";
import { Mark } from "../../components/Mark.tsx";
import { AccountMenu } from "./AccountMenu.tsx";
import { LanguageMenu } from "./LanguageMenu.tsx";
import { MainNav } from "./MainNav.tsx";
import { ThemeToggle } from "./ThemeToggle.tsx";

/** The mark, the places of the role, the account, and how the page looks and speaks. */
export function Header() {
  return (
    <header className="ck-top">
      <div className="ck-top-in">
        <Link className="ck-brand" to="/">
          <Mark />
          Chartkey
        </Link>
        <MainNav />
        <div className="ck-top-end">
          <AccountMenu />
          <LanguageMenu />
          <ThemeToggle />
        </div>
      </div>
    </header>
  );
}
