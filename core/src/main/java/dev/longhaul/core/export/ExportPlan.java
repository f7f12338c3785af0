package dev.longhaul.core.export;

import java.util.List;

/**
 * The exports of an application, beside its volumes.
 *
 * @param recipients who can read them; none means that they are not encrypted
 * @param sources none of the same name
 */
public record ExportPlan(List<Recipient> recipients, List<ExportSource> sources) {

	/** Nothing is exported. */
	public static final ExportPlan NONE = new ExportPlan(List.of(), List.of());

	public ExportPlan {
		recipients = List.copyOf(recipients);
		sources = List.copyOf(sources);
		if (sources.stream().map(ExportSource::name).distinct().count() != sources.size()) {
			throw new IllegalArgumentException("two exports have the same name");
		}
		if (recipients.stream().distinct().count() != recipients.size()) {
			throw new IllegalArgumentException("a recipient is named twice");
		}
	}

	/** Those of its sources that are printed by commands. */
	public List<Dump> dumps() {
		return sources.stream().filter(Dump.class::isInstance).map(Dump.class::cast).toList();
	}

}
