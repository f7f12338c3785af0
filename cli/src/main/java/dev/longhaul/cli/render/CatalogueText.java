package dev.longhaul.cli.render;

import java.util.List;

import dev.longhaul.backupstore.format.BackupManifest;
import dev.longhaul.backupstore.format.VolumeConfig;
import dev.longhaul.backupstore.inventory.CataloguedBackup;
import dev.longhaul.backupstore.inventory.CataloguedVolume;
import dev.longhaul.cli.render.Table.Cell;
import dev.longhaul.cli.terminal.Style;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.volume.ByteSize;

/**
 * What a target holds, for people.
 */
public final class CatalogueText {

	private final Page page;

	private final Style style;

	public CatalogueText(Page page) {
		this.page = page;
		this.style = page.style();
	}

	public String render(List<CataloguedVolume> volumes) {
		long backups = volumes.stream().mapToLong(volume -> volume.backups().size()).sum();
		StringBuilder text = new StringBuilder();
		text.append(Printable.of(page.target()))
			.append("   ")
			.append(Counts.of(volumes.size(), "volume"))
			.append(", ")
			.append(Counts.of(backups, "backup"))
			.append('\n');
		for (CataloguedVolume volume : volumes) {
			text.append('\n').append(heading(volume));
			backups(volume).forEach(line -> text.append(line).append('\n'));
		}
		return text.toString();
	}

	private String heading(CataloguedVolume volume) {
		Table heading = new Table();
		VolumeConfig config = volume.config();
		if (config == null) {
			heading.add(Cell.painted(volume.name().value(), style::strong), Cell.painted(volume.fault(), style::bad));
		}
		else {
			heading.add(Cell.painted(volume.name().value(), style::strong),
					Cell.left((config.claim() != null) ? config.claim().toString() : "claim not recorded"),
					Cell.left(config.size().toString()), Cell.left(Counts.of(volume.backups().size(), "backup")));
		}
		return String.join("\n", heading.lines("", page.width())) + "\n";
	}

	private List<String> backups(CataloguedVolume volume) {
		Table table = new Table();
		for (CataloguedBackup backup : volume.backups()) {
			BackupManifest header = backup.header();
			if (header == null) {
				table.add(Cell.left(backup.name().value()), Cell.painted("unreadable", style::bad),
						Cell.right(Times.UNKNOWN), Cell.right(Times.UNKNOWN), Cell.left(backup.fault()));
			}
			else if (!header.isFinished()) {
				table.add(Cell.left(backup.name().value()), Cell.painted("in progress", style::uncertain),
						Cell.right(Times.UNKNOWN), Cell.right(Times.UNKNOWN));
			}
			else {
				table.add(Cell.left(backup.name().value()), Cell.left("finished"),
						Cell.right(page.times().of(header.createdAt())), Cell.right(header.size().toString()),
						Cell.left(kind(header)));
			}
		}
		return table.lines("  ", page.width());
	}

	private static String kind(BackupManifest header) {
		String kind = header.incremental() ? "incremental" : "full";
		return header.uploaded().equals(ByteSize.ZERO) ? kind : kind + ", " + header.uploaded() + " stored anew";
	}

}
