#include "publish/BigCity.h"

#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "base/Files.h"
#include "strict/Json.h"
#include "wire/Members.h"

namespace tram::publish {

namespace {

using pack::Entry;
using pack::Point;

std::string filled(std::string text, const std::vector<std::pair<std::string, std::string>>& values) {
    for (const auto& [name, value] : values)
        if (const auto at = text.find('{' + name + '}'); at != text.npos)
            text.replace(at, name.size() + 2, value);
    return text;
}

class City {
  public:
    City(const CityNames& names, std::uint32_t seed, const std::vector<std::string>& wards)
        : names_(names), random_(seed), wards_(wards) {}

    Entry entry(std::size_t number) {
        const auto& sort = pickSort();
        Entry entry;
        entry.kind = sort.kind;
        entry.id = std::to_string(number);
        entry.title = std::string(pick(sort.heads)) + ' ' + name();
        const std::string place = pick(names_.places);
        const int house = 1 + below(900);
        const auto street = std::to_string(1 + below(80));
        const auto address =
            filled(names_.address, {{"house", std::to_string(house)}, {"street", street}, {"place", place}});
        entry.ward = wards_[static_cast<std::size_t>(below(static_cast<int>(wards_.size())))];
        entry.fields = R"({"address":")" + address + R"(","phone":"028 3)" +
                       std::to_string(1'000'000 + below(9'000'000)) + R"("})";
        const auto ward = std::to_string(1 + below(18)), district = std::to_string(1 + below(12));
        entry.alsoFoundBy =
            filled(names_.also, {{"address", address}, {"ward", ward}, {"district", district}});
        if (entry.kind != std::string("procedure")) entry.place = where();
        entry.popularity = below(1000);
        return entry;
    }

  private:
    int below(int end) { return static_cast<int>(random_() % static_cast<std::uint32_t>(end)); }
    const std::string& pick(const std::vector<std::string>& list) {
        return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
    }
    const CityNames::Sort& pickSort() {
        int at = below(100);
        for (const auto& sort : names_.sorts)
            if ((at -= sort.share) < 0) return sort;
        return names_.sorts.back();
    }
    std::string name() {
        const auto person =
            std::string(pick(names_.family)) + ' ' + pick(names_.middle) + ' ' + pick(names_.given);
        switch (below(4)) {
            case 0:
                return person;
            case 1:
                return std::string(pick(names_.places)) + ' ' + std::to_string(1 + below(30));
            case 2:
                return std::string(pick(names_.given)) + ' ' + pick(names_.given) + ' ' +
                       std::to_string(1 + below(99));
            default:
                return std::string(pick(names_.family)) + ' ' + pick(names_.given) + " – " +
                       pick(names_.places);
        }
    }
    /// Thickest at the centre, thin at the edge.
    Point where() {
        const auto spread = [&] { return (below(2001) - 1000) / 1000.0 * (below(1001) / 1000.0); };
        return {10.776 + 0.35 * spread(), 106.70 + 0.35 * spread()};
    }
    const CityNames& names_;
    std::mt19937 random_;
    const std::vector<std::string>& wards_;
};

constexpr std::size_t kMaxNames = 64 * 1024;

std::vector<std::string> textsOf(wire::Members& members, const char* key) {
    std::vector<std::string> texts;
    for (const auto& item : members.array(key, 1, 200))
        item.is_string() ? texts.push_back(item) : members.refuse(key);
    return texts;
}

CityNames::Sort readSort(const nlohmann::json& value, wire::Members& parent) {
    wire::Members members(value);
    CityNames::Sort sort{members.text("kind", 64, wire::isSlug), textsOf(members, "heads"),
                         static_cast<int>(members.integer("share", 1, 100))};
    parent.adopt(members.finish());
    return sort;
}

base::Result<CityNames> parseNames(const std::string& text) {
    const auto parsed = strict::parseJson(text, kMaxNames);
    if (!parsed) return tl::unexpected(parsed.error());
    wire::Members members(*parsed);
    CityNames names;
    names.family = textsOf(members, "family");
    names.middle = textsOf(members, "middle");
    names.given = textsOf(members, "given");
    names.places = textsOf(members, "places");
    names.address = members.text("address", 200);
    names.also = members.text("also", 200);
    for (const auto& item : members.array("sorts", 1, 40)) names.sorts.push_back(readSort(item, members));
    return members.finish().map([&] { return std::move(names); });
}

}  // namespace

base::Result<CityNames> CityNames::load(const std::filesystem::path& file) {
    return base::readFile(file, kMaxNames).and_then(parseNames);
}

std::vector<Entry> bigCity(const CityNames& names, std::size_t entries, std::uint32_t seed,
                           const std::vector<std::string>& wards) {
    City city(names, seed, wards);
    std::vector<Entry> all;
    for (std::size_t number = 0; number < entries; ++number) all.push_back(city.entry(number));
    return all;
}

}  // namespace tram::publish
