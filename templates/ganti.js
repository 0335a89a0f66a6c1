// The page between: it gives its place in the history to where its one link leads.
location.replace(document.querySelector('a').href);
