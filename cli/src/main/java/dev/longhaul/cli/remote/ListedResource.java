package dev.longhaul.cli.remote;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;

import dev.longhaul.cli.render.Page;
import dev.longhaul.cli.server.Answer;
import dev.longhaul.cli.server.ApiPath;
import dev.longhaul.cli.server.Fields;
import picocli.CommandLine.Mixin;

/**
 * A command that shows a part of a list.
 */
abstract class ListedResource implements Callable<Integer> {

	private final Remote remote;

	private final ApiPath path;

	private final BiFunction<Page, List<Fields>, String> text;

	@Mixin
	private final PartOption part = new PartOption();

	@Mixin
	private final ReportOption report = new ReportOption();

	ListedResource(Remote remote, ApiPath path, BiFunction<Page, List<Fields>, String> text) {
		this.remote = remote;
		this.path = path;
		this.text = text;
	}

	/** With what the command line wants to see of it. */
	ApiPath narrowed(ApiPath list) {
		return list;
	}

	@Override
	public final Integer call() {
		Answer answer = remote.get(part.of(narrowed(path)));
		part.note(answer, remote.surroundings().errors());
		return report.tellAll(remote, answer, text);
	}

}
