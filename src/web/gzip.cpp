#include "web/gzip.h"

#include <zlib.h>

#include <new>

namespace hotseat::web {

namespace {

constexpr int kGzipWindow = 15 + 16;  // the largest, and a gzip header (deflateInit2 in zlib.h)
constexpr int kMemoryLevel = 9;

}  // namespace

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  // zlib does not write to what it reads.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);  // there is room for all of it: it ends
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

}  // namespace hotseat::web
