package switchboard.knowledgebase.article;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import switchboard.ticketing.base.Json.Nullable;
import switchboard.ticketing.base.Json.OneOf;

/// An article in one language, as writers see it: the latest text, published or not.
///
/// @param id of this text in this language; what the API's paths name
/// @param articleId shared by all languages of the same article
/// @param slug the readable part of the address; `url` is the whole path under the public URL
/// @param body Markdown (CommonMark and tables); raw HTML is shown as text
/// @param status `draft`, `published` or `archived`
/// @param unpublishedChanges the latest text is not the one that readers see
/// @param position among the articles of its category, lowest first
/// @param publishedAt when readers last got a new text, or null
/// @param version rises with each change; a change names the one it was made from
public record Article(UUID id, UUID articleId, String slug, String locale, UUID categoryId, String title,
        String summary,
                      String body, List<String> keywords,
                      @OneOf({"draft", "published", "archived"}) String status, boolean unpublishedChanges,
                      int position, Instant updatedAt, @Nullable Instant publishedAt, int version, String url,
                      int helpful, int notHelpful) {

    /// The public path of an article.
    static String path(String locale, String slug, String shortId) {
        return "/help/" + locale + "/articles/" + slug + "-" + shortId;
    }
}
