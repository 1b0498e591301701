#include "tests/unit/typing/KeyOrders.h"

#include <algorithm>
#include <set>

#include "typing/Glyph.h"

namespace tram::typing::test {
namespace {

/// A key that is no letter of its own, and after which letters it may be struck.
struct Mark {
    char32_t key;
    std::vector<std::size_t> after;
};

/// One way to look at a syllable: its plain letters, and what is struck in between.
struct Plan {
    std::vector<std::u32string> letters;  ///< the keys of each letter
    std::vector<Mark> marks;
};

class Planner {
  public:
    Planner(std::u32string_view syllable, Method method) : vni_(method == Method::Vni) {
        for (char32_t letter : syllable) glyphs_.push_back(takeApart(letter));
        last_ = lastVowel_ = glyphs_.size() - 1;
        while (lastVowel_ > 0 && !isVowel(glyphs_[lastVowel_].base)) --lastVowel_;
    }

    std::vector<Plan> plans() const {
        std::vector<Plan> all{plain()};
        for (std::size_t i = 0; i < glyphs_.size(); ++i) {
            if (isUo(i)) {
                all = withUo(all, i++);
            } else if (glyphs_[i].shape == Shape::Horn && glyphs_[i].base == U'u') {
                all = withU(all, i);
            } else if (glyphs_[i].shape != Shape::None) {
                for (Plan& plan : all) plan.marks.push_back({shapeKey(glyphs_[i]), fromOn(i)});
            }
        }
        return all;
    }

  private:
    Plan plain() const {
        Plan plan;
        for (std::size_t i = 0; i < glyphs_.size(); ++i) {
            plan.letters.push_back({glyphs_[i].base});
            const bool doubled = i > 0 && spellsO(i - 1) && spellsO(i);
            if (doubled && !vni_) plan.letters.back() = U"oo";  // boong is booong in Telex
            if (glyphs_[i].tone == Tone::None) continue;
            auto places = fromOn(i);
            if (doubled) places.erase(std::remove(places.begin(), places.end(), i - 1), places.end());
            plan.marks.push_back({toneKey(glyphs_[i].tone), places});
        }
        return plan;
    }

    /// One key for both, after the o or later; a key for each; and before a coda the first alone will do.
    std::vector<Plan> withUo(const std::vector<Plan>& all, std::size_t u) const {
        std::vector<Plan> wider;
        const char32_t key = vni_ ? U'7' : U'w';
        for (const Plan& plan : all) {
            wider.push_back(plan);
            wider.back().marks.push_back({key, fromOn(u + 1)});
            for (Plan& first : withU({plan}, u, true)) {
                if (u + 1 < last_) wider.push_back(first);
                wider.push_back(first);
                wider.back().marks.push_back({key, fromOn(u + 1)});
            }
        }
        return wider;
    }

    std::vector<Plan> withU(const std::vector<Plan>& all, std::size_t u, bool atOnce = false) const {
        std::vector<Plan> wider;
        for (const Plan& plan : all) {
            wider.push_back(plan);
            wider.back().marks.push_back(
                {vni_ ? U'7' : U'w', atOnce ? std::vector<std::size_t>{u} : fromOn(u)});
            if (vni_) continue;
            wider.push_back(plan);
            wider.back().letters[u] = U"w";
        }
        return wider;
    }

    std::vector<std::size_t> fromOn(std::size_t letter) const {
        std::set<std::size_t> places{letter, std::max(letter, lastVowel_), last_};
        return {places.begin(), places.end()};
    }

    bool spellsO(std::size_t i) const { return glyphs_[i].base == U'o' && glyphs_[i].shape == Shape::None; }

    bool isUo(std::size_t i) const {
        return i + 1 < glyphs_.size() && glyphs_[i].base == U'u' && glyphs_[i].shape == Shape::Horn &&
               glyphs_[i + 1].base == U'o' && glyphs_[i + 1].shape == Shape::Horn;
    }

    char32_t shapeKey(const Glyph& glyph) const {
        switch (glyph.shape) {
            case Shape::Circumflex:
                return vni_ ? U'6' : glyph.base;
            case Shape::Horn:
                return vni_ ? U'7' : U'w';
            case Shape::Breve:
                return vni_ ? U'8' : U'w';
            default:
                return vni_ ? U'9' : U'd';
        }
    }

    char32_t toneKey(Tone tone) const {
        const char* keys = vni_ ? "012345" : "zsfrxj";
        return static_cast<char32_t>(keys[static_cast<std::size_t>(tone)]);
    }

    bool vni_;
    std::vector<Glyph> glyphs_;
    std::size_t last_, lastVowel_;
};

std::u32string strike(const Plan& plan, const std::vector<std::size_t>& order,
                      const std::vector<std::size_t>& places) {
    std::u32string keys;
    for (std::size_t i = 0; i < plan.letters.size(); ++i) {
        keys += plan.letters[i];
        for (std::size_t mark : order)
            if (places[mark] == i) keys += plan.marks[mark].key;
    }
    return keys;
}

/// Calls `each` with every choice of a place for each mark.
template <typename Each>
void choosePlaces(const std::vector<Mark>& marks, std::vector<std::size_t>& places, Each&& each) {
    if (places.size() == marks.size()) return each();
    for (std::size_t place : marks[places.size()].after) {
        places.push_back(place);
        choosePlaces(marks, places, each);
        places.pop_back();
    }
}

}  // namespace

std::vector<std::u32string> keyOrders(std::u32string_view syllable, Method method) {
    std::vector<std::u32string> all;
    std::set<std::u32string> seen;
    for (const Plan& plan : Planner(syllable, method).plans()) {
        std::vector<std::size_t> order(plan.marks.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        do {
            std::vector<std::size_t> places;
            choosePlaces(plan.marks, places, [&] {
                std::u32string keys = strike(plan, order, places);
                if (seen.insert(keys).second) all.push_back(std::move(keys));
            });
        } while (std::next_permutation(order.begin(), order.end()));
    }
    return all;
}

}  // namespace tram::typing::test
