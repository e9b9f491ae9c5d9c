package switchboard.knowledgebase.article;

import java.util.Map;

/// A new category, or a change of one; null leaves as it is (for a new one: a book, no description, the last place).
///
/// @param slug null for a new one: made from the title; a change keeps it, since readers have the address
/// @param title per locale, at least one; a given map takes the place of the whole one before
public record CategoryChange(String slug, String icon, Map<String, String> title, Map<String, String> description,
                             Integer position) {}
