package switchboard.channels.email.mime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import switchboard.channels.email.Corpora;

class MimeCorpusTest {
    @Test void reads_well_formed_and_broken_mail_into_the_same_parts_as_its_oracle() throws Exception {
        var folder = Corpora.folder("mail-mime4j");
        var unequal = new ArrayList<String>();
        int all = 0;
        for (var file : Corpora.files(folder)) {
            if (!file.toString().endsWith(".msg")) continue;
            var oracle = Path.of(file.toString().replaceAll("\\.msg$", "_decoded.xml"));
            org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20),
                    () -> MailDecoder.decode(Corpora.bytes(file)), file::toString);
            if (!Files.exists(oracle)) continue;
            all++;
            var root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(oracle.toFile())
                    .getDocumentElement();
            var why = new ArrayList<String>();
            compare(root, Part.read(Corpora.bytes(file)), file.getParent(), why, "1");
            if (!why.isEmpty()) unequal.add(file.getFileName() + " " + why.getFirst());
        }
        System.out.println("mime: equal " + (all - unequal.size()) + " of " + all + ", unequal " + unequal);
        assertTrue(unequal.size() <= all * 0.1, () -> "unequal " + unequal);
    }

    private static void compare(Element expected, Part part, Path folder, List<String> why, String at)
            throws Exception {
        for (var child : children(expected)) {
            switch (child.getTagName()) {
                case "multipart" -> multipart(child, part, folder, why, at);
                case "message" -> compare(child, Part.read(part.body()), folder, why, at + "/");
                case "text-body", "binary-body" -> {
                    var bytes = Files.readAllBytes(folder.resolve(child.getAttribute("name")));
                    if (!lines(bytes).equals(lines(part.body())))
                            why.add(at + " body of " + part.type() + " differs: " + bytes.length + "/"
                            + part.body().length);
                }
                default -> { }
            }
        }
    }

    private static void multipart(Element expected, Part part, Path folder, List<String> why, String at)
            throws Exception {
        var parts = children(expected).stream().filter(e -> e.getTagName().equals("body-part")).toList();
        if (parts.size() != part.children().size()) {
            why.add(at + " has " + part.children().size() + " parts, not " + parts.size());
            return;
        }
        for (int i = 0; i < parts.size(); i++)
                compare(parts.get(i), part.children().get(i), folder, why, at + "." + (i + 1));
    }

    private static List<Element> children(Element element) {
        var list = new ArrayList<Element>();
        for (Node n = element.getFirstChild(); n != null; n = n.getNextSibling()) if (n instanceof Element e)
                list.add(e);
        return list;
    }

    private static String lines(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).replace("\r\n", "\n").replace('\r', '\n').stripTrailing();
    }
}
