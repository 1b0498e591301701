#include "sight/Messages.h"

#include <cstring>
#include <string_view>

#include "base/VietnameseText.h"
#include "sight/FrameMemory.h"

namespace tram::sight {

namespace {

constexpr std::uint32_t kVersion = 0x33575443;  // "CTW3"
enum class Kind : std::uint8_t {
    Start = 1,
    Release,
    Take,
    PictureHad,
    Frame = 65,
    Code,
    Advice,
    State,
    Alive,
    Picture,
    InView
};

class Writer {
  public:
    explicit Writer(Kind kind) {
        number(kVersion);
        number(static_cast<std::uint8_t>(kind));
    }
    template <class T>
    Writer& number(T value) {
        for (std::size_t i = 0; i < sizeof(T); ++i)
            bytes_.push_back(static_cast<unsigned char>(value >> (8 * i)));
        return *this;
    }
    Writer& text(std::string_view text) {
        // All at once, so that growing leaves no copy of a text behind.
        bytes_.reserve(bytes_.size() + text.size());
        bytes_.insert(bytes_.end(), text.begin(), text.end());
        return *this;
    }
    std::vector<unsigned char> done() { return std::move(bytes_); }

  private:
    std::vector<unsigned char> bytes_;
};

/// Beyond the end everything is zero and `whole` is false for good.
class Reader {
  public:
    explicit Reader(std::span<const unsigned char> bytes) : rest_(bytes) {}
    template <class T>
    T number() {
        if (rest_.size() < sizeof(T)) return whole_ = false, T{};
        T value{};
        for (std::size_t i = 0; i < sizeof(T); ++i) value = static_cast<T>(value | T{rest_[i]} << (8 * i));
        rest_ = rest_.subspan(sizeof(T));
        return value;
    }
    std::string text() {
        std::string text(rest_.begin(), rest_.end());
        rest_ = {};
        return text;
    }
    bool ended() const { return whole_ && rest_.empty(); }

  private:
    std::span<const unsigned char> rest_;
    bool whole_ = true;
};

template <class E>
bool within(E value, E first, E last) {
    return value >= first && value <= last;
}

bool fits(std::uint32_t value, std::uint32_t most) {
    return value >= 1 && value <= most;
}

/// A message with its members read; false when one is out of bounds.
bool read(Reader& in, Start& out) {
    out.source = static_cast<Source>(in.number<std::uint8_t>());
    out.turned = in.number<std::uint16_t>();
    out.shown = in.number<std::uint8_t>();
    out.path = in.text();
    const bool pathFits = out.source == Source::Scene ? out.path.empty() : !out.path.empty();
    return within(out.source, Source::Device, Source::Scene) && out.turned % 90 == 0 && out.turned < 360 &&
           pathFits && out.path.size() <= kMaxPath && out.path.find('\0') == std::string::npos;
}

bool read(Reader& in, Release& out) {
    out.slot = in.number<std::uint8_t>();
    return out.slot < kSlots;
}

bool read(Reader& in, Frame& out) {
    out.slot = in.number<std::uint8_t>();
    out.width = in.number<std::uint16_t>();
    out.height = in.number<std::uint16_t>();
    out.number = in.number<std::uint32_t>();
    return out.slot < kSlots && fits(out.width, kMaxPreviewSide) && fits(out.height, kMaxPreviewSide);
}

bool read(Reader& in, Code& out) {
    out.format = static_cast<CodeFormat>(in.number<std::uint8_t>());
    for (auto& corner : out.corners) {
        corner.x = in.number<std::uint16_t>();
        corner.y = in.number<std::uint16_t>();
    }
    out.number = in.number<std::uint32_t>();
    out.text = base::SecretText(in.text());
    const auto& text = out.text.reveal();
    return within(out.format, CodeFormat::Qr, CodeFormat::Code128) && out.number > 0 &&
           text.size() <= kMaxCodeText && base::isUtf8(text);
}

bool read(Reader& in, InView& out) {
    const auto count = in.number<std::uint8_t>();
    if (count > kMostInView) return false;
    for (int i = 0; i < count; ++i) out.numbers.push_back(in.number<std::uint32_t>());
    return true;
}

bool read(Reader& in, Advice& out) {
    out.hint = static_cast<Hint>(in.number<std::uint8_t>());
    return out.hint <= Hint::HoldStill;
}

bool read(Reader& in, State& out) {
    out.condition = static_cast<Condition>(in.number<std::uint8_t>());
    return within(out.condition, Condition::Running, Condition::Frozen);
}

bool read(Reader& in, Picture& out) {
    out.width = in.number<std::uint16_t>();
    out.height = in.number<std::uint16_t>();
    out.jpegBytes = in.number<std::uint32_t>();
    out.thumbnailBytes = in.number<std::uint32_t>();
    if (out.jpegBytes == 0) return out.thumbnailBytes == 0 && out.width == 0 && out.height == 0;
    return fits(out.width, kMaxPictureSide) && fits(out.height, kMaxPictureSide) &&
           fits(out.jpegBytes, kMaxJpegBytes) && fits(out.thumbnailBytes, kMaxThumbnailBytes);
}

template <class T>
concept Empty = std::is_empty_v<T>;
template <Empty T>
bool read(Reader&, T&) {
    return true;
}

template <class Message, class All>
std::optional<All> whole(Reader& in) {
    Message message;
    if (!read(in, message) || !in.ended()) return std::nullopt;
    return All(std::move(message));
}

Writer bytesOf(const Start& m) {
    return Writer(Kind::Start)
        .number(static_cast<std::uint8_t>(m.source))
        .number(static_cast<std::uint16_t>(m.turned))
        .number(m.shown)
        .text(m.path);
}
Writer bytesOf(const Release& m) {
    return Writer(Kind::Release).number(m.slot);
}
Writer bytesOf(const Take&) {
    return Writer(Kind::Take);
}
Writer bytesOf(const PictureHad&) {
    return Writer(Kind::PictureHad);
}
Writer bytesOf(const Frame& m) {
    return Writer(Kind::Frame).number(m.slot).number(m.width).number(m.height).number(m.number);
}
Writer bytesOf(const Code& m) {
    Writer out(Kind::Code);
    out.number(static_cast<std::uint8_t>(m.format));
    for (const auto& corner : m.corners) out.number(corner.x).number(corner.y);
    return out.number(m.number).text(m.text.reveal());
}
Writer bytesOf(const InView& m) {
    Writer out(Kind::InView);
    out.number(static_cast<std::uint8_t>(m.numbers.size()));
    for (const auto number : m.numbers) out.number(number);
    return out;
}
Writer bytesOf(const Advice& m) {
    return Writer(Kind::Advice).number(static_cast<std::uint8_t>(m.hint));
}
Writer bytesOf(const State& m) {
    return Writer(Kind::State).number(static_cast<std::uint8_t>(m.condition));
}
Writer bytesOf(const Alive&) {
    return Writer(Kind::Alive);
}
Writer bytesOf(const Picture& m) {
    return Writer(Kind::Picture)
        .number(m.width)
        .number(m.height)
        .number(m.jpegBytes)
        .number(m.thumbnailBytes);
}

template <class All>
std::vector<unsigned char> written(const All& message) {
    return std::visit([](const auto& m) { return bytesOf(m).done(); }, message);
}

}  // namespace

std::vector<unsigned char> toBytes(const ToCamera& message) {
    return written(message);
}

base::SecretBytes toBytes(const ToKiosk& message) {
    return base::SecretBytes(written(message));
}

std::optional<ToCamera> readToCamera(std::span<const unsigned char> bytes) {
    Reader in(bytes);
    if (bytes.size() > kMaxMessage || in.number<std::uint32_t>() != kVersion) return std::nullopt;
    switch (static_cast<Kind>(in.number<std::uint8_t>())) {
        case Kind::Start:
            return whole<Start, ToCamera>(in);
        case Kind::Release:
            return whole<Release, ToCamera>(in);
        case Kind::Take:
            return whole<Take, ToCamera>(in);
        case Kind::PictureHad:
            return whole<PictureHad, ToCamera>(in);
        default:
            return std::nullopt;
    }
}

std::optional<ToKiosk> readToKiosk(std::span<const unsigned char> bytes) {
    Reader in(bytes);
    if (bytes.size() > kMaxMessage || in.number<std::uint32_t>() != kVersion) return std::nullopt;
    switch (static_cast<Kind>(in.number<std::uint8_t>())) {
        case Kind::Frame:
            return whole<Frame, ToKiosk>(in);
        case Kind::Code:
            return whole<Code, ToKiosk>(in);
        case Kind::Advice:
            return whole<Advice, ToKiosk>(in);
        case Kind::State:
            return whole<State, ToKiosk>(in);
        case Kind::Alive:
            return whole<Alive, ToKiosk>(in);
        case Kind::Picture:
            return whole<Picture, ToKiosk>(in);
        case Kind::InView:
            return whole<InView, ToKiosk>(in);
        default:
            return std::nullopt;
    }
}

}  // namespace tram::sight
