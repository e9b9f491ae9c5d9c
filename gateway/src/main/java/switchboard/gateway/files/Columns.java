package switchboard.gateway.files;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Maps other programs' column names to ours.
final class Columns {
    private static final Map<String, String> MEANINGS = new HashMap<>();

    static {
        names("name", "full name", "display name", "customer name", "customer", "contact name", "contact", "nombre",
                "nom", "vollständiger name", "姓名", "名字", "名称", "客户", "客户名称", "客户姓名", "联系人");
        names("given name", "first name", "forename", "vorname", "prénom", "名");
        names("family name", "last name", "surname", "nachname", "nom de famille", "姓", "姓氏");
        names("email", "e mail", "e mail address", "email address", "mail", "mail address", "e mail 1", "email 1",
                "e mail 1 value", "correo", "courriel", "邮箱", "电子邮箱", "电子邮件", "邮件", "邮箱地址");
        names("phone", "phone number", "mobile", "mobile phone", "mobile number", "mobile no", "cell", "cell phone",
                "cellphone", "telephone", "telephone number", "tel", "work phone", "home phone", "business phone",
                "phone 1", "phone 1 value", "handy", "telefon", "mobiltelefon", "téléphone", "teléfono", "手机",
                "手机号", "手机号码", "电话", "电话号码", "联系电话", "联系方式", "移动电话");
        names("external id", "externalid", "customer id", "customer no", "customer number", "contact id", "record id",
                "客户编号", "编号", "客户id");
        names("company", "company name", "organization", "organisation", "organization name", "account",
                "account name", "employer", "firma", "empresa", "entreprise", "公司", "公司名称", "单位", "企业");
        names("lifecycle", "lifecycle stage", "stage", "阶段");
        names("language", "locale", "preferred language", "语言");
        names("timezone", "time zone", "时区");
        names("segments", "segment", "groups", "分组", "分群");
        names("verified", "已验证");
    }

    private Columns() {}

    private static void names(String meaning, String... names) {
        MEANINGS.put(meaning, meaning);
        for (var name : names) MEANINGS.put(name, meaning);
    }

    /// `external_id`, `External-ID` and `external id` are one name.
    static String meaning(String name) {
        var plain = name.toLowerCase(Locale.ROOT).replaceAll("[ _.:#-]+", " ").strip();
        return MEANINGS.getOrDefault(plain, plain);
    }

    static boolean isKnown(String name) {
        return MEANINGS.containsValue(meaning(name));
    }

    /// Several columns of this kind add up.
    static boolean isReach(String name) {
        return List.of("email", "phone").contains(meaning(name));
    }

    /// In the name order of the name's script.
    static String name(Map<String, String> cells) {
        if (cells.containsKey("name")) return cells.get("name");
        var given = cells.getOrDefault("given name", "");
        var family = cells.getOrDefault("family name", "");
        boolean han = (family + given).codePoints().anyMatch(Character::isIdeographic);
        var name = han ? family + given : (given + " " + family).strip();
        return name.isEmpty() ? null : name;
    }
}
