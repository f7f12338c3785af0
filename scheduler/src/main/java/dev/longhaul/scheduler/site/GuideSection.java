package dev.longhaul.scheduler.site;

import java.util.List;

import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.page.Page;
import dev.longhaul.scheduler.page.Section;
import dev.longhaul.scheduler.page.guide.GuidePage;
import dev.longhaul.scheduler.page.guide.GuidePage.Command;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * {@code /restore} and {@code /migrations}: what can be done by hand today.
 */
@Controller
public final class GuideSection {

	private final Configured configured;

	public GuideSection(Configured configured) {
		this.configured = configured;
	}

	@Needs(Scope.READ)
	@GetMapping("/restore")
	Page restore() {
		String target = configured.own().url();
		return new GuidePage(Section.RESTORE,
				"Longhaul does not restore into a cluster yet. Longhorn does, volume by volume, from the same backups: "
						+ "in its own UI, under Backup. What follows works without cluster and server, with nothing "
						+ "but the keys of the bucket, and reads only.",
				List.of(new Command("Shows the volumes and their backups.", "longhaul ls " + target),
						new Command("Says which applications are proven, and by which restore point.",
								"longhaul verdict " + target),
						new Command("Puts one backup together as a raw image, and compares every block.",
								"longhaul export %s --volume VOLUME --backup BACKUP --to volume.img".formatted(target)),
						new Command("Brings back what was exported beside the volumes, such as a dump of a database.",
								"longhaul exports fetch %s --application NAME --export NAME --to FILE"
									.formatted(target))));
	}

	@Needs(Scope.READ)
	@GetMapping("/migrations")
	Page migrations() {
		return new GuidePage(Section.MIGRATIONS,
				"Longhaul does not bring data in from elsewhere yet. Copy them into the claims of the application with "
						+ "the tools you know, while it is stopped; once it is declared, the next night backs it up and "
						+ "proves it.",
				List.of());
	}

}
