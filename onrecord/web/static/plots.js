// Plots are drawn from the tables beneath them: what the table does not say, the plot cannot show.
//   <figure class="plot" data-plot="timeline|matrix|network|map"><div class="canvas"></div> ... <table>...</table></figure>
// A column's key is its th's data-key; a cell's value is its data-v, else its text; a row's data-href is where a click goes.
(() => {
  const figures = [...document.querySelectorAll("figure[data-plot]:has(table)")];
  if (!figures.length || !globalThis.echarts) return;

  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const colour = (name) => { probe.style.color = `var(--${name})`; return getComputedStyle(probe).color; };
  const theme = () => Object.fromEntries([
    "ink", "soft", "rule", "edge", "sheet", "raised", "accent", "on-accent", "vc", "mc", "vx", "mx",
    "statements", "events", "commitments", "meetings", "dates", "actors", "low", "mid", "high", "direct", "mixed", "indirect",
  ].map((name) => [name, colour(name)]));

  const rowsOf = (figure) => {
    const table = figure.querySelector("table");
    const keys = [...table.tHead.rows[0].cells].map((cell) => [cell.dataset.key, cell.textContent.trim()]);
    return {
      keys,
      rows: [...table.tBodies[0].rows].map((row) => {
        const values = { href: row.dataset.href };
        keys.forEach(([key], n) => {
          const cell = row.cells[n];
          const told = cell.dataset.v ?? cell.textContent.trim();
          values[key] = cell.dataset.n === undefined ? told : told === "" ? null : Number(told);
        });
        return values;
      }),
    };
  };

  const base = (c) => ({
    animation: false,
    backgroundColor: "transparent",
    textStyle: { color: c.ink, fontFamily: getComputedStyle(document.body).fontFamily },
    aria: { enabled: true },
    tooltip: {
      renderMode: "richText", confine: true, backgroundColor: c.sheet, borderColor: c.edge,
      textStyle: { color: c.ink, fontSize: 12 },
    },
  });
  const axis = (c) => ({
    axisLine: { lineStyle: { color: c.edge } }, axisTick: { lineStyle: { color: c.rule } },
    axisLabel: { color: c.soft }, splitLine: { lineStyle: { color: c.rule } }, nameTextStyle: { color: c.soft },
  });
  const short = (text, long = 26) => text.length > long ? `${text.slice(0, long - 1)}…` : text;

  // Types of events have the colour of their class, the last of it the strongest.
  const CLASSES = {
    vc: ["agree", "consult", "support", "concede"], mc: ["cooperate", "aid", "retreat"],
    vx: ["request", "accuse", "reject", "threaten"], mx: ["protest", "sanction", "mobilize", "coerce", "assault"],
  };
  const paint = (c, key) => {
    const of = Object.keys(CLASSES).find((name) => CLASSES[name].includes(key));
    return of ? { color: c[of], opacity: 1 - 0.19 * [...CLASSES[of]].reverse().indexOf(key) } : { color: c[key] ?? c.accent };
  };

  // Stacked bars a stretch of days, and a line where there is a column "mean" (Goldstein, -10 to 10).
  const timeline = (c, { keys, rows }) => {
    const series = keys.filter(([key]) => !["first", "last", "mean", "total"].includes(key));
    const mean = keys.find(([key]) => key === "mean");
    return {
      ...base(c),
      tooltip: { ...base(c).tooltip, trigger: "axis", axisPointer: { type: "shadow" } },
      legend: { top: 0, textStyle: { color: c.soft }, icon: "roundRect", itemWidth: 12, itemHeight: 9, type: "scroll" },
      grid: { left: 44, right: mean ? 44 : 12, top: 34, bottom: rows.length > 8 ? 64 : 28 },
      dataZoom: rows.length > 8 ? [
        { type: "inside", start: rows.length > 60 ? 100 - 4800 / rows.length : 0, zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false },
        { type: "slider", height: 18, bottom: 8, borderColor: c.rule, textStyle: { color: c.soft }, fillerColor: "rgba(128,128,128,.18)" },
      ] : [],
      xAxis: { type: "category", data: rows.map((row) => row.first), ...axis(c), splitLine: { show: false } },
      yAxis: [
        { type: "value", minInterval: 1, ...axis(c) },
        ...(mean ? [{ type: "value", min: -10, max: 10, interval: 5, ...axis(c), splitLine: { show: false } }] : []),
      ],
      series: [
        ...series.map(([key, name]) => ({
          name, type: "bar", stack: "all", barMaxWidth: 28, itemStyle: { ...paint(c, key), borderColor: c.sheet, borderWidth: 0.5 },
          data: rows.map((row) => row[key] || null),
        })),
        ...(mean ? [{
          name: mean[1], type: "line", yAxisIndex: 1, connectNulls: false, symbolSize: 5, data: rows.map((row) => row.mean),
          itemStyle: { color: c.ink }, lineStyle: { width: 1.5, color: c.ink },
        }] : []),
      ],
    };
  };

  // Who to whom: a cell's colour is "mean" where there is such a column, else the count (which is the same both ways);
  // the count stands in the cell. Only the busiest names are drawn: the table has them all.
  const DRAWN = 16;
  const weights = (rows) => {
    const weight = new Map();
    for (const row of rows) for (const name of [row.a, row.b]) weight.set(name, (weight.get(name) ?? 0) + row.count);
    return weight;
  };
  const matrix = (c, { keys, rows: every }, figure) => {
    const mean = keys.some(([key]) => key === "mean");
    const busiest = [...weights(every)].sort((one, other) => other[1] - one[1]).slice(0, DRAWN).map(([name]) => name);
    const drawn = every.filter((row) => busiest.includes(row.a) && busiest.includes(row.b));
    const rows = mean ? drawn : drawn.flatMap((row) => [row, { ...row, a: row.b, b: row.a }]);
    const most = Math.max(1, ...rows.map((row) => row.count));
    const has = (key) => busiest.filter((name) => rows.some((row) => row[key] === name));
    const left = has("a"), top = has("b");
    figure.querySelector(".canvas").style.blockSize = `${170 + 26 * left.length}px`;
    return {
      ...base(c),
      tooltip: { ...base(c).tooltip, formatter: (p) => `${p.data.row.a} → ${p.data.row.b}\n${p.data.row.count} ${mean ? `events, mean ${p.data.row.mean ?? "–"}` : "in common"}` },
      grid: { left: 8, right: 12, top: 8, bottom: 56, containLabel: true },
      xAxis: { type: "category", data: top, ...axis(c), axisLabel: { color: c.soft, rotate: 40, formatter: (t) => short(t, 18), interval: 0 }, splitLine: { show: false }, position: "top" },
      yAxis: { type: "category", data: left, inverse: true, ...axis(c), axisLabel: { color: c.soft, formatter: (t) => short(t, 22), interval: 0 }, splitLine: { show: false } },
      visualMap: {
        type: "continuous", calculable: true, orient: "horizontal", left: "center", bottom: 0, itemHeight: 140, itemWidth: 12,
        textStyle: { color: c.soft }, ...(mean ? { min: -10, max: 10, inRange: { color: [c.low, c.mid, c.high] } } : { min: 0, max: most, inRange: { color: [c.raised, c.accent] } }),
      },
      series: [{
        type: "heatmap", itemStyle: { borderColor: c.sheet, borderWidth: 1 },
        label: { show: true, color: c.ink, fontSize: 11, formatter: (p) => p.data.row.count },
        data: rows.map((row) => ({
          value: [row.b, row.a, mean ? row.mean ?? 0 : row.count], row, href: row.href,
          ...(!mean && row.count > 0.6 * most ? { label: { color: c["on-accent"] } } : {}),
        })),
      }],
    };
  };

  // Where the names of a network stand: pushed apart, pulled together by what ties them (Fruchterman and Reingold, 1991),
  // from a spiral, so that the same network looks the same; then stretched to the frame.
  const spread = (names, rows, width, height) => {
    const at = new Map(names.map((name, n) => [name, [Math.cos(2.4 * n) * (1 + n), Math.sin(2.4 * n) * (1 + n)]]));
    const near = 4;
    for (let round = 0; round < 260; round++) {
      const moved = new Map(names.map((name) => [name, [-0.3 * at.get(name)[0], -0.3 * at.get(name)[1]]]));
      const push = (one, other, force) => {
        const [x, y] = [at.get(one)[0] - at.get(other)[0], at.get(one)[1] - at.get(other)[1]];
        const length = Math.max(0.05, Math.hypot(x, y));
        const by = force(length) / length;
        moved.get(one)[0] += by * x; moved.get(one)[1] += by * y;
        moved.get(other)[0] -= by * x; moved.get(other)[1] -= by * y;
      };
      names.forEach((one, n) => { for (const other of names.slice(n + 1)) push(one, other, (length) => near * near / length / 2); });
      for (const row of rows) push(row.a, row.b, (length) => -length * length / near / 6);
      const most = 3 * (1 - round / 260) + 0.01;
      for (const [name, [x, y]] of moved) {
        const share = Math.min(1, most / Math.max(0.001, Math.hypot(x, y)));
        at.set(name, [at.get(name)[0] + share * x, at.get(name)[1] + share * y]);
      }
    }
    const fit = (n, size) => {
      const all = [...at.values()].map((place) => place[n]);
      const low = Math.min(...all), wide = Math.max(...all) - low || 1;
      for (const place of at.values()) place[n] = (place[n] - low) / wide * size;
    };
    fit(0, width);
    fit(1, height);
    return at;
  };

  const network = (c, { rows }, figure) => {
    const weight = weights(rows);
    const { clientWidth, clientHeight } = figure.querySelector(".canvas");
    const at = spread([...weight.keys()], rows, clientWidth - 114, clientHeight - 40);
    const most = Math.max(1, ...rows.map((row) => row.count));
    const heaviest = Math.max(1, ...weight.values());
    return {
      ...base(c),
      tooltip: { ...base(c).tooltip, formatter: (p) => p.dataType === "edge" ? `${p.data.source} → ${p.data.target}\n${p.data.count}` : `${p.name}\n${weight.get(p.name)} in all` },
      series: [{
        type: "graph", layout: "none", roam: true, edgeSymbol: ["none", "arrow"], edgeSymbolSize: 7,
        left: 24, right: 90, top: 20, bottom: 20,
        label: { show: true, position: "right", color: c.ink, fontSize: 11, formatter: (p) => short(p.name, 22), textBorderColor: c.sheet, textBorderWidth: 2 },
        labelLayout: { hideOverlap: true },
        emphasis: { focus: "adjacency" },
        itemStyle: { color: c.accent }, lineStyle: { color: c.edge, curveness: 0.16, opacity: 0.75 },
        data: [...weight].map(([name, n]) => ({ name, value: n, x: at.get(name)[0], y: at.get(name)[1], symbolSize: 7 + 22 * Math.sqrt(n / heaviest) })),
        links: rows.map((row) => ({ source: row.a, target: row.b, count: row.count, href: row.href, lineStyle: { width: 0.8 + 4 * row.count / most } })),
      }],
    };
  };

  // TopoJSON to GeoJSON: arcs are integer steps on a grid, the first of each ring absolute.
  // Rings over the date line go on beyond 180 degrees instead of back across the map; the Antarctic has no meetings.
  const land = (topology) => {
    const { scale, translate } = topology.transform;
    const arcs = topology.arcs.map((arc) => { let x = 0, y = 0; return arc.map(([dx, dy]) => { x += dx; y += dy; return [x * scale[0] + translate[0], y * scale[1] + translate[1]]; }); });
    const ring = (ids) => ids.flatMap((id, n) => { const arc = id < 0 ? [...arcs[~id]].reverse() : arcs[id]; return n ? arc.slice(1) : arc; });
    const shapes = topology.objects.land.geometries.flatMap((g) => g.type === "MultiPolygon" ? g.arcs : [g.arcs]);
    const whole = (points) => {
      let shift = 0;
      const unrolled = points.map(([x, y], n) => {
        const step = n ? x - points[n - 1][0] : 0;
        if (Math.abs(step) > 180) shift -= 360 * Math.sign(step);
        return [x + shift, y];
      });
      const xs = unrolled.map(([x]) => x); // a ring that began beyond the line goes back to its own side of the map
      const home = 360 * Math.round((Math.min(...xs) + Math.max(...xs)) / 720);
      return unrolled.map(([x, y]) => [x - home, y]);
    };
    const shown = shapes.map((rings) => rings.map(ring)).filter(([outer]) => outer.some(([, y]) => y > -60));
    const coordinates = shown.map((rings) => rings.map(whole));
    return { type: "FeatureCollection", features: [{ type: "Feature", properties: { name: "land" }, geometry: { type: "MultiPolygon", coordinates } }] };
  };
  let world = null;
  const map = async (c, { rows }, figure) => {
    if (!world) {
      world = land(await (await fetch(figure.dataset.land)).json());
      echarts.registerMap("world", world);
    }
    const most = Math.max(1, ...rows.map((row) => row.count));
    const canvas = figure.querySelector(".canvas");
    const wide = canvas.clientWidth > 2 * canvas.clientHeight; // about the world's own shape: all of it is seen
    return {
      ...base(c),
      tooltip: { ...base(c).tooltip, formatter: (p) => p.data ? `${p.data.name}\n${p.data.row.count} ${p.data.row.status}` : "" },
      geo: { map: "world", roam: true, silent: true, itemStyle: { areaColor: c.raised, borderColor: c.rule }, ...(wide ? { top: 4, bottom: 4, left: "center" } : { left: 4, right: 4, top: "middle" }) },
      series: [{
        type: "scatter", coordinateSystem: "geo", itemStyle: { color: c.meetings, opacity: 0.85, borderColor: c.sheet },
        label: { show: rows.length < 40, formatter: (p) => p.data.name, position: "right", color: c.ink, fontSize: 11, textBorderColor: c.sheet, textBorderWidth: 2 },
        labelLayout: { hideOverlap: true },
        data: rows.filter((row) => row.lat !== null && row.lon !== null).map((row) => ({ name: row.place, value: [row.lon, row.lat], symbolSize: 8 + 16 * Math.sqrt(row.count / most), row, href: row.href })),
      }],
    };
  };

  const kinds = { timeline, matrix, network, map };
  const draw = async (figure) => {
    const table = rowsOf(figure);
    if (!table.rows.length) return;
    const canvas = figure.querySelector(".canvas");
    canvas.hidden = false;
    const chart = echarts.getInstanceByDom(canvas) ?? echarts.init(canvas, null, { renderer: "canvas" });
    const drawing = await kinds[figure.dataset.plot](theme(), table, figure);
    chart.resize();
    chart.setOption(drawing, true);
    chart.off("click");
    chart.on("click", (p) => {
      const href = p.data?.href ?? (figure.dataset.plot === "timeline" ? table.rows[p.dataIndex]?.href : undefined);
      if (href) location.assign(new URL(href, location.origin));
    });
    figure.dataset.drawn = "";
  };
  const all = () => figures.forEach(draw);
  all();
  document.addEventListener("themechange", all);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", all);
  addEventListener("resize", () => figures.forEach((figure) => {
    if (figure.dataset.plot === "map") draw(figure); // its side that fills the canvas may be the other now
    else echarts.getInstanceByDom(figure.querySelector(".canvas"))?.resize();
  }));
})();
