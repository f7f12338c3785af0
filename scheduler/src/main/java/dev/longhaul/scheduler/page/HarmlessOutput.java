package dev.longhaul.scheduler.page;

import java.util.Arrays;
import java.util.stream.Collectors;

import dev.longhaul.core.text.Printable;
import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;

/**
 * Names and messages come out of buckets and clusters that others may write to: whatever
 * would turn the direction of writing, hide, or flood a page is made visible and short
 * here, in one place for all templates. That it cannot become HTML is the escaping's
 * part.
 */
final class HarmlessOutput extends OwaspHtmlTemplateOutput {

	/** As long as the longest line of a log or a definition that is worth reading. */
	private static final int LONGEST = 2000;

	HarmlessOutput(TemplateOutput output) {
		super(output);
	}

	@Override
	public void writeUserContent(String value) {
		super.writeUserContent((value != null) ? harmless(value) : null);
	}

	static String harmless(String value) {
		if (value.length() <= LONGEST) {
			return printable(value);
		}
		return "%s… (%d characters)".formatted(printable(value.substring(0, LONGEST)), value.length());
	}

	private static String printable(String value) {
		if (value.indexOf('\n') < 0) {
			return Printable.of(value);
		}
		return Arrays.stream(value.split("\n", -1)).map(Printable::of).collect(Collectors.joining("\n"));
	}

}
