package switchboard.channels.email.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.swing.text.BadLocationException;
import javax.swing.text.rtf.RTFEditorKit;
import org.apache.poi.hmef.HMEFMessage;
import org.apache.poi.hmef.attribute.MAPIRtfAttribute;
import org.apache.poi.hmef.attribute.MAPIStringAttribute;
import org.apache.poi.hmef.attribute.TNEFProperty;
import org.apache.poi.hsmf.datatypes.MAPIProperty;
import org.bbottema.rtftohtml.impl.RTF2HTMLConverterRFCCompliant;
import switchboard.channels.email.charset.Charsets;
import switchboard.channels.email.html.HtmlText;

/// Outlook's envelope winmail.dat (TNEF, MS-OXTNEF), opened: its text and files.
///
/// @param text empty when it holds only files
record Winmail(String text, List<Attachment> files) {
    private static final int FILES_MAX = 200;
    private static final int RTF_CHARS_MAX = 1_000_000;

    static boolean is(Part part) {
        var name = part.fileName().toLowerCase(Locale.ROOT);
        return part.type().equals("application/ms-tnef") || part.type().equals("application/vnd.ms-tnef")
                || name.equals("winmail.dat") || name.equals("win.dat");
    }

    /// Empty when it can't be opened or holds nothing.
    static Optional<Winmail> open(byte[] bytes) {
        try {
            var message = new HMEFMessage(new ByteArrayInputStream(bytes));
            var opened = new Winmail(text(message), files(message));
            return opened.text().isBlank() && opened.files().isEmpty() ? Optional.empty() : Optional.of(opened);
        } catch (IOException | RuntimeException | StackOverflowError broken) {
            return Optional.empty();
        }
    }

    private static List<Attachment> files(HMEFMessage message) {
        var files = new ArrayList<Attachment>();
        for (var one : message.getAttachments()) {
            if (files.size() >= FILES_MAX) break;
            var bytes = one.getContents();
            var longName = one.getLongFilename();
            var sent = longName == null || longName.isBlank() ? one.getFilename() : longName;
            var name = FileName.shown(sent == null ? "" : sent);
            var type = FileType.of(name, "", bytes);
            files.add(new Attachment(name.isEmpty() ? FileName.of(type, files.size() + 1) : name, type, bytes.length,
                    "", false, bytes));
        }
        return files;
    }

    private static String text(HMEFMessage message) {
        var body = message.getMessageAttribute(TNEFProperty.ID_BODY);
        if (body != null) return HeaderText.body(Charsets.decode(body.getData(), "", "")).strip();
        if (message.getMessageMAPIAttribute(MAPIProperty.BODY) instanceof MAPIStringAttribute plain) {
            return HeaderText.body(plain.getDataString()).strip();
        }
        var rtf = message.getMessageMAPIAttribute(MAPIProperty.RTF_COMPRESSED);
        return rtf instanceof MAPIRtfAttribute formatted ? ofRtf(formatted.getDataString()) : "";
    }

    /// Outlook writes HTML mail as RTF that encapsulates the HTML.
    private static String ofRtf(String rtf) {
        var cut = rtf.length() > RTF_CHARS_MAX ? rtf.substring(0, RTF_CHARS_MAX) : rtf;
        if (cut.contains("\\fromhtml")) return HtmlText.of(RTF2HTMLConverterRFCCompliant.INSTANCE.rtf2html(cut));
        try {
            var kit = new RTFEditorKit();
            var document = kit.createDefaultDocument();
            kit.read(new StringReader(cut), document, 0);
            return HeaderText.body(document.getText(0, document.getLength())).strip();
        } catch (IOException | BadLocationException broken) {
            return "";
        }
    }
}
