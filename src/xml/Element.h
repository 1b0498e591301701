#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"

namespace tram::xml {

/// An element of an XML document, by names as written (prefixes are not resolved).
struct Element {
    std::string name;
    std::map<std::string, std::string> attributes;
    std::string text;    ///< all its own character data, without that of its children
    std::size_t at = 0;  ///< where in its parent's text it stands
    std::vector<Element> children;

    const Element& child(std::string_view childName) const;  ///< the first, else an empty one
    std::vector<const Element*> all(std::string_view childName) const;
    const std::string& attribute(const std::string& key) const;  ///< "" when absent
    bool empty() const { return name.empty(); }
};

/// XML 1.0 from outside: UTF-8, at most `limit` bytes, 32 levels, 50,000 elements. A document type is
/// refused: no entity but the five of §4.6 is known, and nothing is fetched. TooLarge; Malformed with fact
/// detail: "xml", "doctype", "depth", "count".
///
/// Blanks alone between two elements are left out, unless they are to be kept: for running text.
enum class Blanks { Dropped, Kept };
base::Result<Element> parseXml(std::string_view text, std::size_t limit, Blanks blanks = Blanks::Dropped);

/// Namespaces in XML 1.0: the one of the root; "" for none.
std::string spaceOf(const Element& root);
/// Elements of the namespace `space` lose their prefixes, those of others get their namespace in braces
/// before their local name, whatever they were called; those of none stay as they are.
void resolveNames(Element& root, std::string_view space);

}  // namespace tram::xml
