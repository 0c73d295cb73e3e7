import com.adobe.epubcheck.tool.EpubChecker;

/** EPUBCheck over several e-books in one Java machine: a report as JSON beside each, "NAME.json". */
public class EpubCheckAll {
    public static void main(String[] files) {
        for (String file : files) {
            new EpubChecker().run(new String[] {file, "--json", file + ".json"});
        }
    }
}
