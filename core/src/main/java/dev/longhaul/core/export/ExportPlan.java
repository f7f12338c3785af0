package dev.longhaul.core.export;

import java.util.List;

/**
 * The exports of an application, beside its volumes.
 *
 * @param recipients who can read them; none means that they are not encrypted
 * @param dumps none of the same name
 */
public record ExportPlan(List<Recipient> recipients, List<Dump> dumps) {

	/** Nothing is exported. */
	public static final ExportPlan NONE = new ExportPlan(List.of(), List.of());

	public ExportPlan {
		recipients = List.copyOf(recipients);
		dumps = List.copyOf(dumps);
		if (dumps.stream().map(Dump::name).distinct().count() != dumps.size()) {
			throw new IllegalArgumentException("two exports have the same name");
		}
		if (recipients.stream().distinct().count() != recipients.size()) {
			throw new IllegalArgumentException("a recipient is named twice");
		}
	}

}
