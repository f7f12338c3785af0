package dev.longhaul.scheduler.page.guide;

import java.util.List;

import dev.longhaul.scheduler.page.Page;
import dev.longhaul.scheduler.page.Section;
import org.jspecify.annotations.Nullable;

/**
 * The way to something that is done from a shell.
 *
 * @param purpose what the way leads to, in a sentence or two
 * @param commands in their order
 */
public record GuidePage(Section section, String purpose, List<Command> commands) implements Page {

	public GuidePage {
		commands = List.copyOf(commands);
	}

	/**
	 * @param what it does, for people
	 */
	public record Command(String what, String command) {
	}

	@Override
	public String title() {
		return section.label();
	}

	@Override
	public @Nullable String json() {
		return null;
	}

}
