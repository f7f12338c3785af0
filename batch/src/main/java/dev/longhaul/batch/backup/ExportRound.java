package dev.longhaul.batch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.stream.ExportOrder;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.export.ExportSource;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.failure.Interruption;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.RunExports.ApplicationExports;

/**
 * Makes the exports of a night, one after the other, so that memory and network hold one
 * part of one of them. One that fails costs nothing but itself.
 */
final class ExportRound {

	private final ExportSources sources;

	private final ExportArchive archive;

	private final Perseverance perseverance;

	private final StopSignal stop;

	private final NightListener listener;

	/**
	 * @param perseverance until there is a ready pod: it may just have been released
	 */
	ExportRound(ExportSources sources, ExportArchive archive, Perseverance perseverance, StopSignal stop,
			NightListener listener) {
		this.sources = sources;
		this.archive = archive;
		this.perseverance = perseverance;
		this.stop = stop;
		this.listener = listener;
	}

	/**
	 * Makes one export, unless an earlier start of this night kept it. What an earlier
	 * one kept otherwise, such as for other recipients, stays until it is replaced.
	 * @param soFar what is recorded of the application
	 * @return what there is to record of it now
	 * @throws Interruption if the program is told to stop
	 */
	ApplicationExports make(Night night, ApplicationDefinition application, ExportSource source,
			ApplicationExports soFar) {
		ExportOrder order = new ExportOrder(night, application.name(), source.name(), source.origin(),
				application.exports().recipients());
		Optional<StoredExport> before = there(order, soFar);
		if (before.filter(order::isMetBy).isPresent()) {
			return soFar;
		}
		try {
			StoredExport made = make(order, source, application);
			before.filter(earlier -> earlier.isEncrypted() != made.isEncrypted())
				.ifPresent(earlier -> remove(order, earlier));
			return soFar.keeping(made);
		}
		catch (LonghaulException ex) {
			if (ex instanceof Interruption || stop.isStopped()) {
				throw new Interruption("interrupted while making the " + order);
			}
			listener.on(new NightEvent.Warned("the %s failed: %s; %s".formatted(order, ex.fact(), ex.hint())));
			ApplicationExports left = there(order, soFar).isPresent() ? soFar : soFar.without(source.name());
			return left.failing(source.name(), "%s: %s".formatted(ex.code(), ex.fact()));
		}
	}

	private Optional<StoredExport> there(ExportOrder order, ApplicationExports recorded) {
		return recorded.find(order.name())
			.filter(export -> perseverance.ask("looking for the " + order,
					() -> archive.holds(order.night(), order.application(), export)));
	}

	/** One that is encrypted and one that is not have different keys. */
	private void remove(ExportOrder order, StoredExport earlier) {
		try {
			archive.remove(order.night(), order.application(), earlier);
		}
		catch (TransientFailure | RefusedRequest ex) {
			listener.on(new NightEvent.Warned("the earlier %s, %s, is still in the bucket: %s".formatted(order,
					earlier.isEncrypted() ? "encrypted" : "not encrypted", ex.fact())));
		}
	}

	private StoredExport make(ExportOrder order, ExportSource source, ApplicationDefinition application) {
		ExportSources.Opened opened = perseverance.ask("beginning the " + order,
				() -> sources.open(source, application));
		try (InputStream content = opened.content()) {
			StoredExport export = stop.interruptibly(() -> archive.keep(order.madeOf(opened.origin()), content))
				.during(opened.inForce());
			listener.on(new NightEvent.Exported(order.application(), export));
			return export;
		}
		catch (IOException ex) {
			throw new IllegalStateException("what is exported is closed without a failure", ex);
		}
	}

}
