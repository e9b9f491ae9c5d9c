package switchboard.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.HashSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import switchboard.gateway.area.Area;

/// The list of features is whole, and can be read without any of them.
class AreasTest {
    @Test
    void everyAreaStandsInTheListOnce() {
        var written = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("switchboard.gateway").stream()
                .filter(type -> type.isAssignableTo(Area.class) && !type.isInterface())
                .map(type -> type.getName()).collect(Collectors.toCollection(TreeSet::new));
        assertTrue(written.size() > 5, "the areas are on the class path");
        assertEquals(written.toString(), new Areas().all().stream().map(area -> area.getClass().getName()).sorted()
                .toList().toString());
    }

    @Test
    void noTwoRoutesShareMethodAndPath() {
        var seen = new HashSet<String>();
        for (var route : new Areas().routes()) {
            assertTrue(seen.add(route.name().replaceAll("\\{\\w+}", "{}")), route.name() + " is there twice");
        }
    }
}
