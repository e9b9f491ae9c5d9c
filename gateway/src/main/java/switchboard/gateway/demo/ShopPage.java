package switchboard.gateway.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import switchboard.gateway.demo.DemoContent.Product;
import switchboard.gateway.demo.DemoContent.Words;
import switchboard.ticketing.base.Json;

/// The shop's page: `pages/shop.html` with the words of one language and the company's products filled in.
/// `{{word}}` is escaped; `{{{part}}}` is HTML made here. A word that is missing is a mistake that fails at once.
final class ShopPage {
    private static final Pattern SLOT = Pattern.compile("\\{\\{(\\{)?(\\w+)}}}?");
    private static final Pattern KEY = Pattern.compile("data-key=\"([^\"]*)\"");

    private final DemoContent.Company company;
    private final String template = read("shop.html");
    private final Map<String, Words> words;

    ShopPage(DemoContent content) {
        this.company = content.company();
        try {
            this.words = JsonMapper.builder().build().readValue(read("words.json"), new TypeReference<>() {});
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    /// @param lang    `en` or `zh-CN`
    /// @param snippet the widget's, of which the key is kept: the script is ours, and so comes from this origin
    String html(String lang, String carrierUrl, String snippet) {
        var slots = new HashMap<String, String>();
        words.forEach((name, text) -> slots.put(name, text.in(lang)));
        slots.put("lang", lang);
        slots.put("name", lang.startsWith("zh") ? company.nameZh() : company.name());
        slots.put("tagline", company.tagline().in(lang));
        slots.put("story", company.story().in(lang));
        slots.put("hours", company.hours().in(lang));
        slots.put("support", company.supportAddress());
        slots.put("number", company.number());
        slots.put("shipping", words.get("shippingFrom").in(lang)
                .replace("{price}", price(company.shop().freeShippingFrom(), lang)));
        slots.put("carrier", carrierUrl);
        slots.put("words", Json.write(words.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, word -> word.getValue().in(lang)))));
        slots.put("inEnglish", lang.equals("en") ? "true" : "false");
        slots.put("inChinese", lang.equals("en") ? "false" : "true");
        slots.put("products", company.shop().products().stream().map(one -> product(one, lang))
                .collect(Collectors.joining()));
        slots.put("widget", widget(lang, snippet));
        return fill(template, slots);
    }

    /// @return the widget's key; empty without a widget
    static String key(String snippet) {
        var key = KEY.matcher(snippet);
        return key.find() ? key.group(1) : "";
    }

    private static String widget(String lang, String snippet) {
        var key = key(snippet);
        return !key.isEmpty() ? "<script async src=\"/widget.js\" data-key=\"" + key + "\" data-locale=\""
                + lang + "\"></script>" : "";
    }

    private String product(Product product, String lang) {
        return fill("""
                <li class="product {{sku}}">
                  <div class="picture" aria-hidden="true">{{emoji}}</div>
                  <h3>{{name}}</h3>
                  <p>{{blurb}}</p>
                  <div class="buy"><span class="price">{{price}}</span>
                    <button type="button" class="quiet" data-ask="{{name}}">{{ask}}</button></div>
                </li>
                """, Map.of("sku", product.sku(), "emoji", product.emoji(), "name", product.name().in(lang), "blurb",
                product.blurb().in(lang), "price", price(product.price(), lang), "ask", words.get("ask").in(lang)));
    }

    private static String price(DemoContent.Price price, String lang) {
        return lang.startsWith("zh") ? "¥" + price.cny() : "€" + price.eur();
    }

    /// The products' accent colours, as a style sheet: the page may hold no style of its own.
    String colors() {
        return company.shop().products().stream().map(product -> "." + product.sku() + " { --accent: "
                + product.color() + "; }\n").collect(Collectors.joining());
    }

    private static String fill(String template, Map<String, String> slots) {
        return SLOT.matcher(template).replaceAll(slot -> {
            var value = slots.get(slot.group(2));
            if (value == null) throw new IllegalStateException("the shop's page has no words for " + slot.group(2));
            return Matcher.quoteReplacement(slot.group(1) == null ? escape(value) : value);
        });
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String read(String name) {
        try (var in = ShopPage.class.getResourceAsStream("pages/" + name)) {
            if (in == null) throw new IOException("a page of the demo is missing: " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
