package dev.longhaul.cli;

import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.cli.render.Page;
import dev.longhaul.cli.render.Times;
import dev.longhaul.cli.terminal.Surroundings;
import picocli.CommandLine.Option;

/**
 * How a report for people says when something was.
 */
final class TimeOption {

	@Option(names = "--utc", description = "Show instants in UTC instead of how long ago they were.")
	private boolean utc;

	Page page(TargetUrl target, Surroundings surroundings) {
		Times times = new Times(surroundings.clock().instant(), utc ? Times.Form.UTC : Times.Form.RELATIVE);
		return new Page(target.toString(), surroundings.style(), times, surroundings.terminal().width());
	}

}
