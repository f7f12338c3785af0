package dev.longhaul.scheduler.page.picture;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A picture as a browser would take it apart.
 */
final class Drawn {

	private final Element root;

	Drawn(Picture picture) {
		try {
			root = DocumentBuilderFactory.newInstance()
				.newDocumentBuilder()
				.parse(new InputSource(new StringReader(picture.svg())))
				.getDocumentElement();
		}
		catch (ParserConfigurationException | SAXException | IOException ex) {
			throw new AssertionError("no XML: " + picture, ex);
		}
	}

	Element root() {
		return root;
	}

	/** What it says to who cannot see it. */
	String figures() {
		return elements("desc").get(0).getTextContent();
	}

	List<Element> elements(String name) {
		NodeList found = root.getElementsByTagName(name);
		List<Element> elements = new ArrayList<>();
		for (int i = 0; i < found.getLength(); i++) {
			elements.add((Element) found.item(i));
		}
		return elements;
	}

	/** Of all elements of a class. */
	List<Element> ofClass(String kind) {
		return elements("*").stream()
			.filter(element -> List.of(element.getAttribute("class").split(" ")).contains(kind))
			.toList();
	}

}
