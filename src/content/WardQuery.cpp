#include "content/WardQuery.h"

#include <algorithm>
#include <map>

#include "pack/SearchWords.h"

namespace tram::content {

namespace {

using Words = std::vector<std::string>;

/// "thanh pho ho chi minh" behind an address says nothing: all of it is there.
void dropCity(Words& words) {
    static const std::vector<Words> kCity = {{"ho", "chi", "minh"}, {"hcm"}, {"tphcm"}, {"hcmc"}};
    static const std::vector<Words> kKind = {{"thanh", "pho"}, {"tp"}};
    const auto dropEnd = [&](const std::vector<Words>& ends) {
        for (const auto& end : ends)
            if (words.size() > end.size() && std::equal(end.rbegin(), end.rend(), words.rbegin()))
                return words.resize(words.size() - end.size()), true;
        return false;
    };
    if (dropEnd(kCity)) dropEnd(kKind);
}

void expandShortForms(Words& words) {
    static const std::map<std::string, Words> kLong = {
        {"tp", {"thanh", "pho"}}, {"tt", {"thi", "tran"}}, {"tx", {"thi", "xa"}}, {"dk", {"dac", "khu"}}};
    Words expanded;
    for (auto& word : words) {
        const auto longer = kLong.find(word);
        if (longer == kLong.end())
            expanded.push_back(std::move(word));
        else
            expanded.insert(expanded.end(), longer->second.begin(), longer->second.end());
    }
    words = std::move(expanded);
}

/// The unit a number belongs to: any beginning of the word will do, and F as the South writes it.
void nameUnits(Words& words) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (!pack::isNumber(words[i + 1])) continue;
        if (words[i] == "f" || std::string_view("phuong").starts_with(words[i])) words[i] = "phuong";
        if (std::string_view("quan").starts_with(words[i])) words[i] = "quan";
    }
}

}  // namespace

WardQuery::WardQuery(std::string_view typed) {
    Words words = pack::searchWords(typed);
    dropCity(words);
    expandShortForms(words);
    nameUnits(words);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool unit = words[i] == "phuong" || words[i] == "quan";
        std::string pattern = " " + words[i];
        if (unit && i + 1 < words.size() && pack::isNumber(words[i + 1])) pattern += " " + words[++i];
        whole_ += pattern;
        if (pack::isNumber(words[i])) pattern += ' ';
        patterns_.push_back(std::move(pattern));
    }
    if (!words.empty() && pack::isNumber(words.back())) whole_ += ' ';
}

bool WardQuery::within(std::string_view indexed) const {
    return std::all_of(patterns_.begin(), patterns_.end(),
                       [&](const std::string& p) { return indexed.find(p) != std::string_view::npos; });
}

bool WardQuery::equals(std::string_view indexed) const {
    return begins(indexed) && (indexed.size() == whole_.size() || indexed.substr(whole_.size()) == " ");
}

std::string WardQuery::indexText(std::string_view name) {
    std::string text = " ";
    for (const auto& word : pack::searchWords(name)) text += word + " ";
    return text;
}

}  // namespace tram::content
