#include "cap/Node.h"

#include <algorithm>
#include <map>

#include "base/VietnameseText.h"

namespace tram::cap {

namespace {

bool isIn(std::initializer_list<std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

}  // namespace

base::Problem malformed(std::string where, const char* rule) {
    return {base::ProblemKind::Malformed, {{"key", std::move(where)}, {"expected", rule}}};
}

void Fault::note(std::string where, const char* rule) {
    if (any()) return;
    where_ = std::move(where);
    rule_ = rule;
}

base::Problem Fault::problem() const {
    return malformed(where_, rule_ ? rule_ : "");
}

std::string Node::pathOf(std::string_view name) const {
    return path_ + (path_.empty() || name.empty() ? "" : ".") + std::string(name);
}

/// "" for an element of another namespace.
std::string_view Node::localName(const xml::Element& child) const {
    const std::string_view whole = child.name;
    const auto& anew = child.attribute(prefix_.empty() ? "xmlns" : "xmlns:" + prefix_);
    if (!anew.empty() && anew != kNamespace) return "";
    if (prefix_.empty()) return whole.find(':') == whole.npos ? whole : "";
    if (!whole.starts_with(prefix_ + ":")) return "";
    return whole.substr(prefix_.size() + 1);
}

void Node::allow(std::initializer_list<std::string_view> once, std::initializer_list<std::string_view> many) {
    std::map<std::string_view, int> seen;
    for (const auto& child : element_.children) {
        const auto local = localName(child);
        // §3.3.4.1: an enveloped signature, which says nothing to a reader. Ours signs anew.
        if (path_.empty() && local.empty() && child.name.ends_with("Signature")) continue;
        if (path_.empty() && child.name == "Signature") continue;
        const bool single = isIn(once, local);
        if (!single && !isIn(many, local)) return fault_.note(pathOf(child.name), "unknown");
        if (single && ++seen[local] > 1) return fault_.note(pathOf(local), "twice");
    }
    if (!base::clean(element_.text).empty()) fault_.note(path_, "text");
}

bool Node::has(const char* name) const {
    return std::ranges::any_of(element_.children,
                               [&](const auto& child) { return localName(child) == name; });
}

std::string Node::text(const xml::Element& element, std::string_view name, std::size_t most,
                       bool lines) const {
    if (!element.children.empty()) return fault_.note(pathOf(name), "text"), std::string();
    // Composed text may be longer than what it was written as (Unicode UAX 15, D).
    auto seen = element.text.size() > most ? std::string() : base::clean(element.text, lines);
    if (element.text.size() > most || seen.size() > most)
        return fault_.note(pathOf(name), "long"), std::string();
    return seen;
}

std::string Node::line(const char* name, std::size_t most) const {
    for (const auto& child : element_.children)
        if (localName(child) == name) return text(child, name, most, false);
    return {};
}

std::string Node::neededLine(const char* name, std::size_t most) const {
    auto read = line(name, most);
    if (read.empty()) refuse(name, "missing");
    return read;
}

std::string Node::prose(const char* name, std::size_t most) const {
    for (const auto& child : element_.children)
        if (localName(child) == name) return text(child, name, most, true);
    return {};
}

std::vector<Node> Node::nodes(const char* name, std::size_t most) const {
    std::vector<Node> all;
    for (const auto& child : element_.children) {
        if (localName(child) != name) continue;
        if (all.size() == most) return refuse(name, "many"), all;
        all.emplace_back(child, pathOf(name) + "[" + std::to_string(all.size() + 1) + "]", prefix_, fault_);
    }
    return all;
}

std::vector<std::string> Node::texts(const char* name, std::size_t most) const {
    std::vector<std::string> all;
    for (const auto& child : element_.children) {
        if (localName(child) != name) continue;
        if (all.size() == most) return refuse(name, "many"), all;
        all.push_back(text(child, name, 200'000, false));
    }
    return all;
}

}  // namespace tram::cap
