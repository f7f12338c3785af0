package dev.longhaul.cli.remote;

import java.util.List;
import java.util.function.BiFunction;

import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.option.TimeOption;
import dev.longhaul.cli.render.Page;
import dev.longhaul.cli.server.Answer;
import dev.longhaul.cli.server.Fields;
import dev.longhaul.core.failure.ExitStatus;
import picocli.CommandLine.Mixin;

/**
 * How what a server has answered is told: in words, or as the server has put it.
 */
final class ReportOption {

	@Mixin
	private final FormatOption format = new FormatOption();

	@Mixin
	private final TimeOption time = new TimeOption();

	boolean isJson() {
		return format.isJson();
	}

	Page page(Remote remote) {
		return time.page(remote.address(), remote.surroundings());
	}

	int tellOne(Remote remote, Answer answer, BiFunction<Page, Fields, String> text) {
		return tell(remote, answer, (page, told) -> text.apply(page, told.object()));
	}

	int tellAll(Remote remote, Answer answer, BiFunction<Page, List<Fields>, String> text) {
		return tell(remote, answer, (page, told) -> text.apply(page, told.items()));
	}

	int tell(Remote remote, Answer answer, BiFunction<Page, Answer, String> text) {
		remote.surroundings()
			.output()
			.print(isJson() ? answer.text().strip() + "\n" : text.apply(page(remote), answer));
		return ExitStatus.PROVEN.code();
	}

}
