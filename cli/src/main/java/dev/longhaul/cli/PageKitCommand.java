package dev.longhaul.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.longhaul.backupstore.stream.Passphrase;
import dev.longhaul.cli.terminal.Prompt;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.text.Printable;
import dev.longhaul.restore.kit.Kit;
import dev.longhaul.restore.kit.KitFile;
import dev.longhaul.restore.kit.KitPage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul kit page}.
 */
@Command(name = "page", header = "Write the page that is printed and put away with a recovery kit.", description = { "",
		"One file of HTML that asks nobody for anything: which file to look for, what opens it, and what to do when the "
				+ "cluster is gone. The code on it holds the SHA-256 of the kit. No secret is on it, unless you want the "
				+ "passphrase there.",
		"" }, footerHeading = "%nExamples:%n", footer = { "  longhaul kit page kit.age --to kit.html" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:the page is written", "1:the kit is damaged",
				"2:wrong usage, what was given does not open the kit, or no place for the page" })
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without its required
									// options
final class PageKitCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final Prompt prompt;

	@Mixin
	private final KitParameter file = new KitParameter();

	@Mixin
	private final KitKeyOption key = new KitKeyOption();

	@Option(names = "--to", required = true, paramLabel = "FILE", description = "The page.")
	private Path page;

	@Option(names = "--with-passphrase",
			description = "The page holds the passphrase. Then whoever has the page and the kit has everything.")
	private boolean withPassphrase;

	@Option(names = "--replace", description = "A file that is there may go. Without it nothing is overwritten.")
	private boolean replace;

	PageKitCommand(Surroundings surroundings, Prompt prompt) {
		this.surroundings = surroundings;
		this.prompt = prompt;
	}

	@Override
	public Integer call() {
		KitFile locked = file.read();
		KitKeyOption.Opened opened = key.openForPage(locked, surroundings, prompt);
		page(opened.kit(), locked, opened.passphrase()).write(page, replace);
		surroundings.output()
			.print("the page of kit %s is in %s; print it, and put it away where the kit is\n".formatted(locked.id(),
					Printable.of(page.toString())));
		return ExitStatus.PROVEN.code();
	}

	private KitPage page(Kit kit, KitFile locked, @Nullable Passphrase passphrase) {
		if (!withPassphrase) {
			return KitPage.of(kit, locked.id());
		}
		if (passphrase == null) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "kit %s has no passphrase".formatted(locked.id()),
					"leave --with-passphrase out; an identity is put away by itself");
		}
		return KitPage.withPassphrase(kit, locked.id(), passphrase);
	}

}
