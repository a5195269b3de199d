// Turn PDF files into veraPDF's findings: one line of JSON for each file and profile, all in one JVM.

import java.io.File;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

public class Vera {
  private static final Map<String, PDFAFlavour> PROFILES =
      new TreeMap<>(Map.of("PDFUA-1", PDFAFlavour.PDFUA_1, "PDFA-2A", PDFAFlavour.PDFA_2_A));

  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (Map.Entry<String, PDFAFlavour> entry : PROFILES.entrySet()) {
      String resource = "/org/verapdf/pdfa/validation/" + entry.getKey() + ".xml";
      try (InputStream stream = PDFAFlavour.class.getResourceAsStream(resource)) {
        ValidationProfile profile = Profiles.profileFromXml(stream);
        for (String file : files) {
          System.out.println(checked(file, entry.getKey(), profile, entry.getValue()));
        }
      }
    }
  }

  private static String checked(String file, String name, ValidationProfile profile, PDFAFlavour flavour)
      throws Exception {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
      ValidationResult result = validator.validate(parser);
      Map<String, String> failed = new TreeMap<>();
      for (TestAssertion test : result.getTestAssertions()) {
        if (test.getStatus() == TestAssertion.Status.FAILED) {
          failed.putIfAbsent(test.getRuleId().getClause() + "-" + test.getRuleId().getTestNumber(), test.getMessage());
        }
      }
      StringBuilder findings = new StringBuilder();
      failed.forEach((rule, said) ->
          findings.append(findings.length() > 0 ? "," : "").append(quoted(rule + " " + said)));
      return "{\"file\":" + quoted(file) + ",\"profile\":" + quoted(name) + ",\"passed\":" + result.isCompliant()
          + ",\"findings\":[" + findings + "]}";
    }
  }

  private static String quoted(String words) {
    StringBuilder out = new StringBuilder("\"");
    for (char sign : words.toCharArray()) {
      out.append(sign < ' ' || sign == '"' || sign == '\\' ? String.format("\\u%04x", (int) sign) : sign);
    }
    return out.append('"').toString();
  }
}
