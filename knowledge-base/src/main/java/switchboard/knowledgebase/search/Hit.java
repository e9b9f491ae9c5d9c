package switchboard.knowledgebase.search;

import java.util.UUID;

/// An article that was found.
///
/// @param titleHtml the title, escaped, the found words in `<mark>`
/// @param snippet a passage, escaped, the found words in `<mark>`; safe to show as HTML
/// @param score comparable within one search only
public record Hit(UUID id, String title, String titleHtml, String url, String snippet, UUID categoryId, float score) {}
