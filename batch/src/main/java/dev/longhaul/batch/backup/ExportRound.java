package dev.longhaul.batch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.stream.ExportOrder;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.cluster.CommandStreams;
import dev.longhaul.core.export.Dump;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.ExportPlan;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunExports;
import dev.longhaul.core.run.RunExports.ApplicationExports;
import org.jspecify.annotations.Nullable;

/**
 * Makes the exports of one application, one after the other, so that memory and network
 * hold one part of one of them. One that fails costs nothing but itself.
 */
final class ExportRound {

	private final CommandStreams commands;

	private final ExportArchive archive;

	private final Perseverance perseverance;

	private final StopSignal stop;

	private final NightListener listener;

	/**
	 * @param perseverance until there is a ready pod: it may just have been released
	 */
	ExportRound(CommandStreams commands, ExportArchive archive, Perseverance perseverance, StopSignal stop,
			NightListener listener) {
		this.commands = commands;
		this.archive = archive;
		this.perseverance = perseverance;
		this.stop = stop;
		this.listener = listener;
	}

	/**
	 * @param before what an earlier start of this night kept; null if nothing is known
	 * @throws Interruption if the program is told to stop
	 */
	ApplicationExports make(Night night, ApplicationName application, ExportPlan plan, @Nullable RunExports before) {
		List<StoredExport> kept = new ArrayList<>();
		Map<ExportName, String> failed = new TreeMap<>();
		for (Dump dump : plan.dumps()) {
			ExportOrder order = new ExportOrder(night, application, dump.name(), dump.origin(), plan.recipients());
			try {
				kept.add(keptBefore(order, before).orElseGet(() -> make(order, dump)));
			}
			catch (LonghaulException ex) {
				if (ex instanceof Interruption || stop.isStopped()) {
					throw new Interruption("interrupted while making the " + order);
				}
				failed.put(dump.name(), "%s: %s".formatted(ex.code(), ex.fact()));
				listener.on(new NightEvent.Warned("the %s failed: %s; %s".formatted(order, ex.fact(), ex.hint())));
			}
		}
		return new ApplicationExports(application, kept, failed);
	}

	/** Encrypted for others than now it is made anew. */
	private Optional<StoredExport> keptBefore(ExportOrder order, @Nullable RunExports before) {
		return Optional.ofNullable(before)
			.flatMap(exports -> exports.find(order.application(), order.name()))
			.filter(export -> export.recipients().equals(order.recipients()) && export.origin().equals(order.origin()))
			.filter(export -> archive.holds(order.night(), order.application(), export));
	}

	private StoredExport make(ExportOrder order, Dump dump) {
		InputStream source = perseverance.ask("beginning the " + order,
				() -> commands.stream(dump.place(), dump.command(), dump.timeout()));
		try (source) {
			StoredExport export = stop.interruptibly(() -> archive.keep(order, source));
			listener.on(new NightEvent.Exported(order.application(), export));
			return export;
		}
		catch (IOException ex) {
			throw new IllegalStateException("what a command prints is closed without a failure", ex);
		}
	}

}
