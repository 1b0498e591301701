#include "xml/Element.h"

#include <algorithm>
#include <map>
#include <pugixml.hpp>

#include "base/VietnameseText.h"

namespace tram::xml {

namespace {

using base::fail;
using base::ProblemKind;

constexpr int kMaxDepth = 32;
constexpr std::size_t kMaxElements = 50'000;

/// Copies pugixml's tree, and stops where it is too much.
class Copier {
  public:
    Element copy(const pugi::xml_node& node, int depth) {
        Element element;
        if (++count_ > kMaxElements || depth > kMaxDepth)
            return wrong_ = depth > kMaxDepth ? "depth" : "count", element;
        element.name = node.name();
        for (const auto attribute : node.attributes())
            element.attributes[attribute.name()] = attribute.value();
        for (const auto child : node.children()) {
            if (wrong_) break;
            if (child.type() == pugi::node_element) {
                element.children.push_back(copy(child, depth + 1));
                element.children.back().at = element.text.size();
            } else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
                element.text += child.value();
            }
        }
        return element;
    }
    const char* wrong() const { return wrong_; }

  private:
    std::size_t count_ = 0;
    const char* wrong_ = nullptr;
};

/// Prefixes in force, the default one as "".
using Spaces = std::map<std::string, std::string, std::less<>>;

void declare(const Element& element, Spaces& spaces) {
    for (const auto& [name, value] : element.attributes) {
        if (name == "xmlns") spaces[""] = value;
        if (name.starts_with("xmlns:")) spaces[name.substr(6)] = value;
    }
}

/// Of a prefix that nothing declares: the prefix, which is no namespace's name.
std::string spaceOf(const Element& element, const Spaces& spaces) {
    const auto colon = element.name.find(':');
    const auto prefix = colon == element.name.npos ? "" : element.name.substr(0, colon);
    const auto found = spaces.find(prefix);
    return found == spaces.end() ? prefix : found->second;
}

void resolve(Element& element, std::string_view space, Spaces spaces) {
    declare(element, spaces);
    const auto own = spaceOf(element, spaces);
    const auto local = element.name.substr(element.name.find(':') + 1);
    if (own == space)
        element.name = local;
    else if (!own.empty())
        element.name = '{' + own + '}' + local;
    for (auto& child : element.children) resolve(child, space, spaces);
}

tl::unexpected<base::Problem> malformed(const char* detail) {
    return fail(ProblemKind::Malformed, {{"detail", detail}});
}

bool hasDocumentType(const pugi::xml_document& document) {
    const auto nodes = document.children();
    return std::any_of(nodes.begin(), nodes.end(),
                       [](const pugi::xml_node& node) { return node.type() == pugi::node_doctype; });
}

/// XML 1.0, [1] and [22]: one element, beside which there is nothing but comments and instructions. pugixml
/// takes several, and what was sent in one document with another would be lost without a word.
bool hasOneRoot(const pugi::xml_document& document) {
    const auto nodes = document.children();
    return std::count_if(nodes.begin(), nodes.end(),
                         [](const pugi::xml_node& node) { return node.type() == pugi::node_element; }) == 1;
}

}  // namespace

const Element& Element::child(std::string_view childName) const {
    static const Element kNone;
    const auto found = std::ranges::find(children, childName, &Element::name);
    return found == children.end() ? kNone : *found;
}

std::vector<const Element*> Element::all(std::string_view childName) const {
    std::vector<const Element*> found;
    for (const auto& one : children)
        if (one.name == childName) found.push_back(&one);
    return found;
}

std::string spaceOf(const Element& root) {
    Spaces spaces;
    declare(root, spaces);
    return spaceOf(root, spaces);
}

void resolveNames(Element& root, std::string_view space) {
    resolve(root, space, {});
}

const std::string& Element::attribute(const std::string& key) const {
    static const std::string kNone;
    const auto found = attributes.find(key);
    return found == attributes.end() ? kNone : found->second;
}

base::Result<Element> parseXml(std::string_view text, std::size_t limit, Blanks blanks) {
    if (text.size() > limit) return fail(ProblemKind::TooLarge, {{"expected", std::to_string(limit)}});
    if (text.find('\0') != text.npos || !base::isUtf8(text)) return malformed("xml");
    pugi::xml_document document;
    const auto kept = blanks == Blanks::Kept ? pugi::parse_ws_pcdata : 0u;
    const auto parsed = document.load_buffer(
        text.data(), text.size(), pugi::parse_default | pugi::parse_doctype | kept, pugi::encoding_utf8);
    if (!parsed || !document.document_element()) return malformed("xml");
    if (hasDocumentType(document)) return malformed("doctype");
    if (!hasOneRoot(document)) return malformed("xml");
    Copier copier;
    auto root = copier.copy(document.document_element(), 1);
    if (copier.wrong()) return malformed(copier.wrong());
    return root;
}

}  // namespace tram::xml
