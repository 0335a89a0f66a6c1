//! What a file of the site is made from → a digest, by which the next build knows a file that it would
//! only make again.

use super::Options;
use crate::content::front::Page;
use crate::content::{Content, Digest, Source, Unreadable, digest};

/// What the files of a site are made from.
#[derive(Debug)]
pub struct Origins {
    /// Everything that any file may be made from.
    common: Digest,
}

impl Origins {
    /// Of the day, the address, and all files of the site but the bodies of its pages, which no other page
    /// is made from.
    ///
    /// # Errors
    /// [`Unreadable`] with the file that could not be read.
    pub fn of(source: &Source, content: &Content, options: &Options) -> Result<Self, Unreadable> {
        let today = options.today.to_string();
        let told = [today.as_bytes(), content.config.base_url.as_str().as_bytes()];
        let mut files = Vec::new();
        for file in source.files.iter().filter(|file| !file.is_page()) {
            files.push((&file.path, digest([file.read()?.as_ref()])));
        }
        files.extend(content.pages.iter().map(|page| (&page.file, page.front_digest)));
        let files = files.iter().flat_map(|(path, digest)| [path.as_bytes(), digest]);
        Ok(Self { common: digest(told.into_iter().chain(files)) })
    }

    /// Of a file by its path below the output folder, and the page whose body it shows.
    #[must_use]
    pub fn of_file(&self, path: &str, page: Option<&Page>) -> Digest {
        let text = page.map(|page| page.digest).unwrap_or_default();
        digest([&self.common, path.as_bytes(), &text])
    }
}
