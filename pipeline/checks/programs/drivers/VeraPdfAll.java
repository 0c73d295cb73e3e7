import java.io.File;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * veraPDF's engine over pairs of arguments, a flavour ("ua1", "2a") and a file each. One line of JSON a
 * pair on standard output, in their order; what cannot be judged says so under "error".
 */
public class VeraPdfAll {
    /** How many failures of a rule are kept; all are counted. */
    private static final int KEPT = 100;

    public static void main(String[] pairs) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        VeraGreenfieldFoundryProvider.initialise();
        for (int at = 0; at + 1 < pairs.length; at += 2) {
            String line;
            try {
                line = judge(pairs[at], new File(pairs[at + 1]));
            } catch (Exception | StackOverflowError error) {
                line = "{\"error\":" + quoted(error.toString()) + "}";
            }
            out.println(line);
        }
    }

    private static String judge(String flavourName, File file) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(flavourName);
        if (flavour == PDFAFlavour.NO_FLAVOUR) {
            return "{\"unknown\":" + quoted(flavourName) + "}";
        }
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(flavour, KEPT, false, false, false)) {
            ValidationResult result = validator.validate(parser);
            Map<String, TestAssertion> first = new TreeMap<>();
            for (TestAssertion each : result.getTestAssertions()) {
                if (each.getStatus() == TestAssertion.Status.FAILED) {
                    first.putIfAbsent(name(each.getRuleId()), each);
                }
            }
            Map<String, Integer> counts = new TreeMap<>();
            result.getFailedChecks().forEach((rule, count) -> counts.merge(name(rule), count, Integer::sum));
            StringBuilder failed = new StringBuilder();
            for (Map.Entry<String, TestAssertion> each : first.entrySet()) {
                TestAssertion said = each.getValue();
                String where = said.getLocation() == null ? "" : said.getLocation().getContext();
                failed.append(failed.length() == 0 ? "" : ",")
                        .append("{\"rule\":").append(quoted(each.getKey()))
                        .append(",\"count\":").append(counts.getOrDefault(each.getKey(), 1))
                        .append(",\"what\":").append(quoted(said.getMessage()))
                        .append(",\"where\":").append(quoted(where)).append("}");
            }
            return "{\"compliant\":" + result.isCompliant() + ",\"checks\":" + result.getTotalAssertions()
                    + ",\"failed\":[" + failed + "]}";
        }
    }

    private static String name(RuleId rule) {
        return rule.getClause() + "-" + rule.getTestNumber();
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : String.valueOf(text).toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
