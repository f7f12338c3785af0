package dev.longhaul.restore.check;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.longhaul.core.workload.Mount;

/**
 * Software whose own words about itself are known.
 */
enum Software {

	NEXTCLOUD("nextcloud"), VAULTWARDEN("vaultwarden/server"), GITEA("gitea");

	private final Pattern images;

	Software(String image) {
		this.images = Pattern.compile("(.*/)?" + Pattern.quote(image));
	}

	/** By the last part of an image's name, whatever registry it is from. */
	static Optional<Software> of(Mount mount) {
		String repository = mount.image().replaceAll("@.*$", "").replaceAll(":[^/]*$", "");
		return Arrays.stream(values()).filter(software -> software.images.matcher(repository).matches()).findFirst();
	}

}
