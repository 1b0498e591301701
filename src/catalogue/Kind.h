#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"
#include "wire/Bilingual.h"

namespace tram::catalogue {

using wire::Bilingual;

/// What a field holds; Value.h tells how it is written in a source and in a pack.
enum class FieldType { Text, Prose, List, Choice, Number, Money, Date, Hours, Phone, Link, Form, Guide };

struct Choice {
    std::string value;  ///< a slug, as it stands in sources and packs
    Bilingual label;
    bool filter = true;  ///< lists offer it as a filter; "takes no card" is a thing to read, not to look for
};

struct Field {
    std::string id;
    FieldType type = FieldType::Text;
    Bilingual label;
    Bilingual unit;  ///< of a Number: "học sinh", "pupils"; else empty
    bool required = false;
    bool searched = false;           ///< an entry is also found by it
    std::vector<Choice> choices;     ///< of a Choice
    bool numbered = false;           ///< of a List: what comes after what
    std::vector<std::string> hosts;  ///< of a Link: where it may lead; none: anywhere
    bool checklist = false;  ///< of a List: what to have ready, to be ticked off on a phone or on paper

    const Choice* choice(std::string_view value) const;
};

/// A part of a detail page: a heading and the fields beneath it.
struct Section {
    Bilingual title;
    std::vector<std::string> fields;
};

/// Of a list: by a Date field, what has none last. Without it the nearest first where place matters, else by
/// popularity.
struct Order {
    std::string field;
    bool newest = false;  ///< the latest first (news), else the earliest (events)
};

enum class PlaceNeed { None, Optional, Required };

/// A kind of thing that the city publishes: school, clinic, procedure. Declared by data, so that a new one
/// needs no code: resources/catalogue/kinds/<id>.json, shape: resources/api/schemas/kind.json.
struct Kind {
    std::string id;  ///< "school"
    std::string icon;
    Bilingual name;                     ///< of many: "Trường học", "Schools"
    Bilingual explain;                  ///< one line beneath it
    PlaceNeed place = PlaceNeed::None;  ///< a point
    PlaceNeed area = PlaceNeed::None;   ///< where it holds
    bool onMap = false;                 ///< a layer of the map
    Bilingual layer;                    ///< how that layer is called; `name` where nothing else is said
    std::vector<Field> fields;
    std::vector<std::string> line;     ///< fields that a list shows beneath the title
    std::vector<std::string> filters;  ///< fields of type Choice
    std::vector<Section> sections;     ///< every field but form and guide stands in exactly one
    std::optional<Order> order;
    std::string until;      ///< a Date field: an entry is over when its day has passed; or ""
    std::string form;       ///< its field of type Form: an entry can be answered; or ""
    std::string guide;      ///< its field of type Guide: an entry can be gone through, a step a page; or ""
    bool signage = false;   ///< the attract page shows its first ones
    bool dossiers = false;  ///< its entries are procedures: handed in online or at a ward, with a turn there
    bool report = false;    ///< 1022 takes reports about it: its page offers one
    int freshDays = 0;      ///< what is older could mislead and is not shown; 0: age does no harm

    /// Malformed with fact "key" or "detail".
    static base::Result<Kind> parse(std::string_view json);
    const Field* field(std::string_view id) const;
};

}  // namespace tram::catalogue
