#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"
#include "xml/Element.h"

namespace tram::cap {

constexpr std::string_view kNamespace = "urn:oasis:names:tc:emergency:cap:1.2";

/// The first thing wrong with a document; what is read after it is empty. As wire::Members does for JSON.
///
/// Rules: xml, doctype, entity, depth, count (xml/Element.h) · namespace (CAP 1.2's) · missing · twice ·
/// unknown (no element of the standard's: a misspelt <expires> must not make an alert live on) · text (no
/// elements inside) · long · many · word (none of the standard's) · name (blanks, commas, < or & in
/// identifier or sender) · time · language · references · needs_references · needs_info · polygon · circle
class Fault {
  public:
    void note(std::string where, const char* rule);
    bool any() const { return rule_ != nullptr; }
    base::Problem problem() const;

  private:
    std::string where_;
    const char* rule_ = nullptr;
};

base::Problem malformed(std::string where, const char* rule);

/// An element of the standard's namespace, and where it stands.
class Node {
  public:
    Node(const xml::Element& element, std::string path, std::string prefix, Fault& fault)
        : element_(element), path_(std::move(path)), prefix_(std::move(prefix)), fault_(fault) {}

    /// Anything else is unknown; of `once` there may be one each.
    void allow(std::initializer_list<std::string_view> once, std::initializer_list<std::string_view> many);
    bool has(const char* name) const;
    /// "" when absent; one line, as a person can see it.
    std::string line(const char* name, std::size_t most = 1000) const;
    std::string neededLine(const char* name, std::size_t most = 1000) const;
    std::string prose(const char* name, std::size_t most = 32'000) const;
    /// All of that name, at most `most`.
    std::vector<Node> nodes(const char* name, std::size_t most) const;
    std::vector<std::string> texts(const char* name, std::size_t most) const;
    void refuse(const char* name, const char* rule) const { fault_.note(pathOf(name), rule); }
    const std::string& path() const { return path_; }

  private:
    std::string pathOf(std::string_view name) const;
    std::string_view localName(const xml::Element& child) const;
    std::string text(const xml::Element& element, std::string_view name, std::size_t most, bool lines) const;

    const xml::Element& element_;
    std::string path_, prefix_;
    Fault& fault_;
};

}  // namespace tram::cap
