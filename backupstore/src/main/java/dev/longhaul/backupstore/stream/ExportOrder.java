package dev.longhaul.backupstore.stream;

import java.util.List;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.run.Night;

/**
 * One export that is to be kept.
 *
 * @param origin what it is of, for people; what is kept may say more behind it
 * @param recipients none means that it is not encrypted
 */
public record ExportOrder(Night night, ApplicationName application, ExportName name, String origin,
		List<Recipient> recipients) {

	public ExportOrder {
		recipients = List.copyOf(recipients);
	}

	/** Whether an export is what was ordered, as far as it says itself. */
	public boolean isMetBy(StoredExport export) {
		return export.recipients().equals(recipients) && export.origin().startsWith(origin);
	}

	/** The same, with more to say of what it is of. */
	public ExportOrder madeOf(String newOrigin) {
		return new ExportOrder(night, application, name, newOrigin, recipients);
	}

	/** For people: {@code export database of gitea}. */
	@Override
	public String toString() {
		return "export %s of %s".formatted(name, application);
	}

}
