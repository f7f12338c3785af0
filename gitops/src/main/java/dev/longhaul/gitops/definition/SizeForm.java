package dev.longhaul.gitops.definition;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.gitops.form.Form;
import dev.longhaul.gitops.form.Forms;

/**
 * How much room something takes, as claims of Kubernetes say it.
 */
final class SizeForm {

	private static final Pattern PATTERN = Pattern.compile("(\\d{1,6})(Mi|Gi|Ti)");

	private static final long FACTOR = 1024;

	static final Form<ByteSize> SIZE = Forms.text("a size such as 500Mi, 20Gi or 1Ti", "^\\d{1,6}(Mi|Gi|Ti)$",
			SizeForm::parse);

	private SizeForm() {
	}

	private static ByteSize parse(String text) {
		Matcher matcher = PATTERN.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("'" + text + "' is no size");
		}
		long mebibytes = Long.parseLong(matcher.group(1)) * switch (matcher.group(2)) {
			case "Gi" -> FACTOR;
			case "Ti" -> FACTOR * FACTOR;
			default -> 1;
		};
		return ByteSize.ofMebibytes(mebibytes);
	}

}
