#pragma once
#include <wx/colour.h>
#include <wx/gdicmn.h>

#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/Result.h"

namespace tram::kit {

/// What a colour is for; the values stand in resources/theme/<name>.json under the names of colourName().
enum class Colour {
    Ink,
    Muted,
    Surface,
    Card,
    Line,
    Outline,
    Primary,
    OnPrimary,
    PrimaryInk,
    PrimarySoft,
    Ok,
    OkSoft,
    Warn,
    WarnSoft,
    Danger,
    OnDanger,
    DangerSoft,
    Vneid,
    Pressed /* laid over whatever is being pressed, with the theme's alpha */,
    Scrim,
    Focus,
    DisabledInk,
    DisabledFill,
    DisabledLine,
    Track,
    LogoTop,
    LogoBottom,
    OnLogo,
    QrDark,
    QrLight,
    KeyBed,
    Key,
    KeyInk,
    KeyLetter /* ă â đ … */,
    KeyTone,
    KeyAction,
    KeyShadow,
    KeyLine,
    AlertGround,
    AlertInk,
    AlertMark,
    AlertPanel,
    AlertCard,
    AlertCardInk,
    MapLand,
    MapWater,
    MapPark,
    MapStreet,
    MapLine,
    MapInk,
    Count
};
std::string_view colourName(Colour colour);

/// The soft ground and the icon of a tile (UI.md, "tile pairs").
enum class TilePair { Red, Blue, Green, Orange, Violet, Teal, Yellow, Slate, Count };
std::string_view pairName(TilePair pair);
struct ColourPair {
    wxColour soft, icon;
};

/// Caption is the smallest: its capitals are 6.1 mm at 500 mm and above (EN 301 549, STANDARDS 18).
enum class Type {
    Display,
    Title,
    Heading,
    Tile,
    Body,
    BodyStrong,
    Label,
    Small,
    SmallStrong,
    Note,
    Caption,
    CaptionStrong,
    Fine,
    Clock,
    Code,
    Number,  ///< read from a chair
    Key,
    KeyWord,
    Logo,
    AlertTitle,
    AlertText,
    Count
};
std::string_view typeName(Type type);
struct TypeStyle {
    double size = 0;  ///< pixels on this screen, text scale included
    int lineHeight = 0;
    int weight = 400;
    double tracking = 0;  ///< extra pixels after each letter
};

/// Lengths of the theme, in its own reference pixels (2.7 px/mm at 500 mm).
enum class Length {
    Gutter,
    Gap,
    GapSmall,
    GapChip,
    ControlGap,
    CardPadding,
    CardRadius,
    ButtonRadius,
    TileRadius,
    IconBoxRadius,
    FieldRadius,
    KeyRadius,
    LogoRadius,
    Line,
    Outline,
    StrongOutline,
    FocusRing,
    FocusGap,
    ButtonHeight,
    ButtonWideHeight,
    ButtonPadding,
    ChipHeight,
    ChipPadding,
    PillHeight,
    PillPadding,
    PillDot,
    BadgeHeight,
    FieldHeight,
    FieldPadding,
    FieldPaddingTop,
    Caret,
    KeyHeight,
    KeyHeightWide,
    KeyGap,
    KeyRowGap,
    KeyBedPadding,
    KeyBedTop,
    KeyWordPadding,
    KeyShadow,
    KeyMaxWidth,
    Icon,
    IconLarge,
    IconBox,
    IconBoxIcon,
    HeroCircle,
    HeroIcon,
    HeroLargeCircle,
    HeroLargeIcon,
    TilePadding,
    TileHeight,
    ListRowHeight,
    SectionHeight,
    StepperBar,
    StepperGap,
    TimelineDot,
    TimelineLine,
    TimelineIcon,
    TimelineGap,
    TimelineStep,
    FactGap,
    Logo,
    Picture,
    TargetGap,
    Count
};
std::string_view lengthName(Length length);

struct ThemeTokens;

class Theme {
  public:
    struct Scale {
        double pxPerMm = 0;      ///< 0: taken from the screen's short side (1080 px ↔ 2.7 px/mm)
        double viewingMm = 500;  ///< how far the eye is
        int textPercent = 100;   ///< 100, 125, 150, 200: type only
    };
    /// Reads `dir`/<name>.json. BadConfig with "key" and "expected" when a token is missing or no colour or
    /// number.
    static base::Result<Theme> load(const std::filesystem::path& dir, std::string_view name, Scale scale,
                                    wxSize screen);

    const std::string& name() const { return name_; }
    bool highContrast() const { return highContrast_; }
    wxColour colour(Colour c) const { return colours_[static_cast<std::size_t>(c)]; }
    const ColourPair& pair(TilePair p) const { return pairs_[static_cast<std::size_t>(p)]; }
    const TypeStyle& type(Type t) const { return types_[static_cast<std::size_t>(t)]; }
    int length(Length l) const { return px(lengths_[static_cast<std::size_t>(l)]); }
    int px(double reference) const;  ///< never 0 for a positive length
    int mm(double millimetres) const;
    int target() const { return mm(targetMm_); }          ///< smallest side of anything one can press
    int mainTarget() const { return mm(mainTargetMm_); }  ///< the same for the main action
    int dragSlop() const { return mm(slopMm_); }          ///< movement that turns a press into a scroll
    int textPercent() const { return scale_.textPercent; }
    double pxPerMm() const { return scale_.pxPerMm; }
    double capitalHeightMm(Type t) const;  ///< of Inter's capitals as shown, at 500 mm
    const wxSize& screen() const { return screen_; }
    bool portrait() const { return screen_.y >= screen_.x; }

  private:
    Theme() = default;
    double factor() const;
    void take(const ThemeTokens& tokens);
    double percent(Type type) const;

    std::string name_;
    bool highContrast_ = false;
    Scale scale_;
    wxSize screen_;
    double targetMm_ = 0, mainTargetMm_ = 0, slopMm_ = 0;
    std::array<wxColour, static_cast<std::size_t>(Colour::Count)> colours_;
    std::array<ColourPair, static_cast<std::size_t>(TilePair::Count)> pairs_;
    std::array<TypeStyle, static_cast<std::size_t>(Type::Count)> types_;
    std::array<double, static_cast<std::size_t>(Length::Count)> lengths_{};
};

/// WCAG 2.2 contrast ratio of two opaque colours, 1 to 21.
double contrast(const wxColour& a, const wxColour& b);

}  // namespace tram::kit
