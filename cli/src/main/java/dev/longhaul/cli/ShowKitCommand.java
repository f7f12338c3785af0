package dev.longhaul.cli;

import java.util.concurrent.Callable;

import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.render.KitJson;
import dev.longhaul.cli.render.KitText;
import dev.longhaul.cli.terminal.Prompt;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.restore.kit.Kit;
import dev.longhaul.restore.kit.KitFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code longhaul kit show}.
 */
@Command(name = "show", header = "Show what is in a recovery kit, but none of its secrets.", description = { "",
		"Of a secret it says that it is there and how long it is. What is in a kit in the clear is shown by age: "
				+ "age -d kit.age.",
		"" }, footerHeading = "%nExamples:%n",
		footer = { "  longhaul kit show kit.age", "  longhaul kit show kit.age --identity key.txt --output json" },
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:the kit was opened", "1:the kit is damaged",
				"2:wrong usage, or what was given does not open it" })
final class ShowKitCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final Prompt prompt;

	@Mixin
	private final KitParameter file = new KitParameter();

	@Mixin
	private final KitKeyOption key = new KitKeyOption();

	@Mixin
	private final FormatOption format = new FormatOption();

	ShowKitCommand(Surroundings surroundings, Prompt prompt) {
		this.surroundings = surroundings;
		this.prompt = prompt;
	}

	@Override
	public Integer call() {
		KitFile locked = file.read();
		Kit kit = key.open(locked, surroundings, prompt);
		if (format.isJson()) {
			new KitJson(surroundings.output()).shown(kit, locked);
		}
		else {
			surroundings.output().print(new KitText(surroundings).shown(kit, locked));
		}
		return ExitStatus.PROVEN.code();
	}

}
