package dev.longhaul.restore.kit;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import javax.imageio.ImageIO;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import dev.longhaul.backupstore.stream.AgeLock.WithPassphrase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The page as the Chromium of the machine draws and prints it.
 */
class KitPageIT {

	private static final Kit KIT = Kits.home();

	private static final KitFile FILE = KitFile.lock(KIT, new WithPassphrase(Kits.PASSPHRASE), Kits.LITTLE_WORK);

	@TempDir
	private Path directory;

	private String chromium = "";

	@BeforeEach
	void findChromium() {
		Optional<Path> program = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.map(path -> Path.of(path, "chromium"))
			.filter(Files::isExecutable)
			.findFirst();
		assumeTrue(program.isPresent(), "no chromium on the PATH");
		chromium = program.orElseThrow().toString();
	}

	@Test
	void itsCodeSaysWhichKitItIsOf() throws Exception {
		KitPage page = KitPage.of(KIT, FILE.id());

		assertThat(codesOf(page)).containsExactly(page.codeText());
		assertThat(page.codeText()).contains(FILE.id().sha256(), "cluster home",
				"s3://backups@eu-central-003/longhorn/");
	}

	@Test
	void withThePassphraseASecondCodeHoldsIt() throws Exception {
		KitPage page = KitPage.withPassphrase(KIT, FILE.id(), Kits.PASSPHRASE);

		assertThat(codesOf(page)).containsExactlyInAnyOrder(page.codeText(), "correct horse battery staple");
	}

	@Test
	void isPrintedOnPaper() throws Exception {
		Path html = directory.resolve("kit.html");
		KitPage.of(KIT, FILE.id()).write(html, false);
		Path pdf = directory.resolve("kit.pdf");

		run("--print-to-pdf=" + pdf, "--no-pdf-header-footer", html.toUri().toString());

		byte[] bytes = Files.readAllBytes(pdf);
		assertThat(new String(bytes, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
		assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).containsPattern("/Count [12]\\b");
	}

	private List<String> codesOf(KitPage page) throws Exception {
		Path html = directory.resolve("kit.html");
		page.write(html, false);
		Path picture = directory.resolve("kit.png");
		run("--screenshot=" + picture, "--window-size=900,2000", "--force-device-scale-factor=2",
				html.toUri().toString());
		return Arrays.stream(codes(ImageIO.read(picture.toFile()))).map(Result::getText).toList();
	}

	private static Result[] codes(BufferedImage picture) throws NotFoundException {
		int width = picture.getWidth();
		int height = picture.getHeight();
		int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
		BinaryBitmap bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
		return new QRCodeMultiReader().decodeMultiple(bitmap, Map.of(DecodeHintType.TRY_HARDER, true));
	}

	private void run(String... arguments) throws IOException, InterruptedException {
		Path said = directory.resolve("said");
		ProcessBuilder builder = new ProcessBuilder(chromium, "--headless", "--no-sandbox", "--disable-gpu",
				"--disable-dev-shm-usage", "--hide-scrollbars", "--user-data-dir=" + directory.resolve("profile"));
		builder.command().addAll(List.of(arguments));
		Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
		assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(Files.readString(said)).isZero();
	}

}
