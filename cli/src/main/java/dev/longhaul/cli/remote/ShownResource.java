package dev.longhaul.cli.remote;

import java.util.concurrent.Callable;
import java.util.function.BiFunction;

import dev.longhaul.cli.render.Page;
import dev.longhaul.cli.server.Answer;
import dev.longhaul.cli.server.ApiPath;
import picocli.CommandLine.Mixin;

/**
 * A command that shows what one address of the server tells, and takes nothing.
 */
abstract class ShownResource implements Callable<Integer> {

	private final Remote remote;

	private final ApiPath path;

	private final BiFunction<Page, Answer, String> text;

	@Mixin
	private final ReportOption report = new ReportOption();

	ShownResource(Remote remote, ApiPath path, BiFunction<Page, Answer, String> text) {
		this.remote = remote;
		this.path = path;
		this.text = text;
	}

	@Override
	public final Integer call() {
		return report.tell(remote, remote.get(path), text);
	}

}
